package io.pathwise.sde;

import io.pathwise.expr.Expr;

/**
 * Geometric Brownian motion, dy_i = mu_i y_i dt + sigma_i y_i dW_i in the Itô sense: y exp((mu -
 * sigma^2/2) dt + sigma W) (Kloeden and Platen 1992, section 4.4).
 *
 * @param mu the growth rate a year: a scalar, or a vector of n
 * @param sigma the volatility a square root year: a scalar, or a vector of n
 */
public record GeometricTransition(Expr mu, Expr sigma) implements ExactTransition {

  @Override
  public Expr next(Sde sde, Expr dt, Expr w, Expr extra) {
    Expr growth = mu.minus(sigma.square().times(0.5)).times(dt);
    return sde.state().times(growth.plus(sigma.times(w)).exp());
  }
}
