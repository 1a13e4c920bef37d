package io.pathwise.model.analytic;

/**
 * Present values of options of one expiry, with their derivatives in a model's parameters.
 *
 * @param prices a present value an option
 * @param slopes for each option the derivatives in the model's parameters, in their order
 */
public record Smile(double[] prices, double[][] slopes) {}
