package io.pathwise.calibrate;

/**
 * A quote beside the model's value for it.
 *
 * @param id names the instrument
 * @param strike its strike
 * @param expiry its expiry in years
 * @param marketVolatility the quote as a Black-Scholes volatility
 * @param modelVolatility the model's
 * @param marketPrice the quote as a present value of the out-of-the-money option
 * @param modelPrice the model's
 * @param standardError that of the model's price; 0 without noise
 * @param residual the weighted difference, model less market, as it enters the objective
 * @param residualError the standard error of the residual that the price's makes; 0 without noise
 * @param weight what multiplies the squared difference
 */
public record QuoteFit(
    String id,
    double strike,
    double expiry,
    double marketVolatility,
    double modelVolatility,
    double marketPrice,
    double modelPrice,
    double standardError,
    double residual,
    double residualError,
    double weight) {}
