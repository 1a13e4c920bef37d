package io.pathwise.sde;

import io.pathwise.expr.Expr;

/**
 * A Brownian motion on a gamma clock that moves an equation beside its drift and diffusion: over a
 * step dt the state also moves by drift G + volatility sqrt(G) Z, G gamma with mean dt and variance
 * nu dt, Z normal (Madan, Carr and Chang 1998). On a fixed grid it follows the step of any scheme,
 * and is exact where nothing of it reads the state.
 *
 * @param nu variance of the clock a year: a scalar of parameters, above 0
 * @param drift a vector of n of parameters
 * @param volatility a vector of n of parameters
 */
public record GammaSubordination(Expr nu, Expr drift, Expr volatility) implements Capability {}
