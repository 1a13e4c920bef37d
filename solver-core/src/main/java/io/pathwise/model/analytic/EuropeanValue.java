package io.pathwise.model.analytic;

/**
 * A European option under Black-Scholes with its sensitivities.
 *
 * @param price present value
 * @param delta dV/dS
 * @param gamma d2V/dS2
 * @param vega dV/dsigma, for a volatility move of 1 (100 percentage points)
 * @param theta dV/dt, the change of value a year as time passes with the spot unchanged
 * @param rho dV/dr, for a rate move of 1
 * @param vanna d2V/dS dsigma
 * @param volga d2V/dsigma2
 */
public record EuropeanValue(
    double price,
    double delta,
    double gamma,
    double vega,
    double theta,
    double rho,
    double vanna,
    double volga) {}
