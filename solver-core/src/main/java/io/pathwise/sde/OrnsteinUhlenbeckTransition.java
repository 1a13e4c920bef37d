package io.pathwise.sde;

import io.pathwise.expr.Expr;
import io.pathwise.expr.PhiFunction;

/**
 * Ornstein-Uhlenbeck (Vasicek), dy_i = kappa_i (theta_i - y_i) dt + sigma_i dW_i: normal with mean
 * theta + (y - theta) exp(-kappa dt) and variance sigma^2 (1 - exp(-2 kappa dt)) / (2 kappa)
 * (Gillespie 1996, "Exact numerical simulation of the Ornstein-Uhlenbeck process and its
 * integral"). The normal is that of the Brownian increment; kappa may be 0 or negative.
 *
 * @param kappa the speed of mean reversion a year: a scalar, or a vector of n
 * @param theta the mean that is reverted to: a scalar, or a vector of n
 * @param sigma the volatility a square root year: a scalar, or a vector of n
 */
public record OrnsteinUhlenbeckTransition(Expr kappa, Expr theta, Expr sigma)
    implements ExactTransition {

  @Override
  public Expr next(Sde sde, Expr dt, Expr w, Expr extra) {
    Expr decay = kappa.times(dt).neg();
    Expr y = sde.state();
    Expr mean = y.plus(theta.minus(y).times(kappa).times(dt).times(PhiFunction.phi1(decay)));
    // The variance is sigma^2 dt phi1(-2 kappa dt), that of W is dt.
    return mean.plus(sigma.times(PhiFunction.phi1(decay.times(2)).sqrt()).times(w));
  }
}
