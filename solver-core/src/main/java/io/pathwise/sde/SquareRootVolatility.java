package io.pathwise.sde;

import io.pathwise.expr.Expr;

/**
 * Two states x and v of Heston form: dx = (carry - v/2) dt + sqrt(v) dW1, dv = kappa (theta - v) dt
 * + xi sqrt(v) dW2 with d[W1, W2] = rho dt, driven by W1 = channel 0 and W2 = rho W1 + sqrt(1 -
 * rho^2) times channel 1 (Heston 1993).
 *
 * @param carry a scalar of t, curves and parameters
 * @param kappa speed of mean reversion, a year, above 0
 * @param theta long-run variance
 * @param xi volatility of variance, above 0
 * @param rho correlation
 */
public record SquareRootVolatility(Expr carry, Expr kappa, Expr theta, Expr xi, Expr rho)
    implements Capability {}
