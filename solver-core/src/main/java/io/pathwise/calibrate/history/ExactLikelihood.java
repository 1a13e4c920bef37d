package io.pathwise.calibrate.history;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Forward;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Op;
import java.util.List;
import java.util.Map;

/**
 * Transition densities in closed form, of diffusions that are found by their graphs to be of one of
 * three kinds: mu = m0 + m1 x with sigma constant, where the density is Gaussian with mean x +
 * mu(x) (exp(m1 dt) - 1) / m1 and variance sigma^2 (exp(2 m1 dt) - 1) / (2 m1) (Vasicek 1977); mu =
 * m1 x with sigma = s x, lognormal; mu = m0 + m1 x with sigma = s sqrt(x), noncentral chi-squared
 * (Cox, Ingersoll and Ross 1985, equation 18).
 */
final class ExactLikelihood implements TransitionLikelihood {

  private enum Kind {
    GAUSSIAN,
    LOGNORMAL,
    SQUARE_ROOT
  }

  private final Kind kind;
  private final List<Expr> coefficients;
  private final Observations history;

  private ExactLikelihood(Kind kind, List<Expr> coefficients, Observations history) {
    this.kind = kind;
    this.coefficients = coefficients;
    this.history = history;
  }

  /**
   * The likelihood of a history.
   *
   * @throws IllegalArgumentException if the diffusion is of none of the kinds
   */
  static ExactLikelihood of(ScalarDiffusion diffusion, Observations history) {
    Expr x = diffusion.x();
    Expr slope = slope(diffusion.drift(), x);
    Expr constant = at0(diffusion.drift(), x);
    Expr sigma = diffusion.diffusion();
    if (isFree(slope, x)) {
      if (isFree(sigma, x)) {
        return new ExactLikelihood(Kind.GAUSSIAN, List.of(constant, slope, sigma), history);
      }
      Expr growth = slope(sigma, x);
      if (isFree(growth, x) && at0(sigma, x).isConst(0) && constant.isConst(0)) {
        history.requirePositive("a geometric Brownian motion");
        return new ExactLikelihood(Kind.LOGNORMAL, List.of(constant, slope, growth), history);
      }
      Expr factor = factorOfRoot(sigma, x);
      if (factor != null) {
        history.requirePositive("a square-root process");
        return new ExactLikelihood(Kind.SQUARE_ROOT, List.of(constant, slope, factor), history);
      }
    }
    throw new IllegalArgumentException(
        diffusion.name()
            + " has no known transition density: drift "
            + diffusion.drift()
            + ", diffusion "
            + sigma
            + "; expected an affine drift with a constant diffusion or one proportional to the"
            + " square root of the state, or both proportional to the state");
  }

  private static Expr slope(Expr function, Expr x) {
    return Forward.tangent(function, Map.of(x, Expr.ONE));
  }

  private static Expr at0(Expr function, Expr x) {
    return Graph.substitute(function, Map.of(x, Expr.ZERO));
  }

  private static boolean isFree(Expr function, Expr x) {
    return !Graph.dependsOn(List.of(function), x);
  }

  /** s of s sqrt(x); null of another function. */
  private static Expr factorOfRoot(Expr sigma, Expr x) {
    Expr root = x.sqrt();
    if (sigma.equals(root)) {
      return Expr.ONE;
    }
    for (int i = 0; sigma.op() == Op.MUL && i < 2; i++) {
      if (sigma.arg(i).equals(root) && isFree(sigma.arg(1 - i), x)) {
        return sigma.arg(1 - i);
      }
    }
    return null;
  }

  @Override
  public double logLikelihood(Map<String, Double> parameters) {
    double[] c = Interpreter.evaluate(coefficients, parameters);
    double sum =
        switch (kind) {
          case GAUSSIAN -> gaussian(history.values(), c[0], c[1], c[2]);
          case LOGNORMAL -> lognormal(c[1], c[2]);
          case SQUARE_ROOT -> squareRoot(c[0], -c[1], c[2]);
        };
    return sum < Double.POSITIVE_INFINITY ? sum : Double.NEGATIVE_INFINITY;
  }

  private double gaussian(double[] path, double constant, double slope, double sigma) {
    double dt = history.step();
    double reach = dt * growth(slope * dt);
    double variance = sigma * sigma * dt * growth(2 * slope * dt);
    double square = 0;
    for (int i = 0; i + 1 < path.length; i++) {
      double e = path[i + 1] - path[i] - (constant + slope * path[i]) * reach;
      square += e * e;
    }
    return -0.5 * (history.steps() * StrictMath.log(2 * Math.PI * variance) + square / variance);
  }

  /** (exp(z) - 1) / z. */
  private static double growth(double z) {
    return z == 0 ? 1 : StrictMath.expm1(z) / z;
  }

  private double lognormal(double mu, double sigma) {
    double[] logs = history.values().clone();
    double jacobian = 0;
    for (int i = 0; i < logs.length; i++) {
      logs[i] = StrictMath.log(logs[i]);
      jacobian += i == 0 ? 0 : logs[i];
    }
    return gaussian(logs, mu - 0.5 * sigma * sigma, 0, sigma) - jacobian;
  }

  private double squareRoot(double constant, double speed, double sigma) {
    if (!(constant > 0) || speed == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return CoxIngersollRossFit.logLikelihood(
        history, Map.of("a", speed, "b", constant / speed, "sigma", sigma));
  }
}
