package io.pathwise.calibrate;

/**
 * A model's prices of options.
 *
 * @param prices present values
 * @param slopes for each option the derivatives in the parameters asked for
 * @param standardErrors the prices' standard errors; 0 for prices without noise
 */
public record ModelPrices(double[] prices, double[][] slopes, double[] standardErrors) {}
