package io.pathwise.model.analytic;

/**
 * A present value and its derivative in the spot.
 *
 * @param price present value
 * @param delta dV/dS
 */
public record ValueAndDelta(double price, double delta) {}
