package io.pathwise.model.analytic;

/**
 * A European option under Heston, seen from its forward, with its sensitivities at fixed discount
 * factor.
 *
 * @param price present value
 * @param delta dV/dF
 * @param gamma d2V/dF2
 * @param v0 dV/dv0
 * @param kappa dV/dkappa
 * @param theta dV/dtheta, in the long-run variance
 * @param xi dV/dxi
 * @param rho dV/drho, in the correlation
 */
public record HestonPrice(
    double price,
    double delta,
    double gamma,
    double v0,
    double kappa,
    double theta,
    double xi,
    double rho) {}
