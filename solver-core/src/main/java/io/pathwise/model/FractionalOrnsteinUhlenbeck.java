package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Set;

/**
 * The fractional Ornstein-Uhlenbeck process dx = kappa (theta - x) dt + sigma dB, B a fractional
 * Brownian motion of Hurst index H (Cheridito, Kawaguchi and Maejima 2003): with a small kappa and
 * H near 0.1 a model of log volatility (Gatheral, Jaisson and Rosenbaum 2018).
 */
final class FractionalOrnsteinUhlenbeck implements ModelType {
  private static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.required("x0", -1e12, 1e12, "value today"),
          Parameter.required("kappa", 0, 1000, "speed of mean reversion, a year"),
          Parameter.required("theta", -1e12, 1e12, "long-run mean"),
          Parameter.required("sigma", 0, 1e12, "standard deviation of B after a year"),
          Parameter.required("hurst", 1e-3, 0.999, "Hurst index of B"));

  @Override
  public String name() {
    return "fractional-ou";
  }

  @Override
  public String description() {
    return "Ornstein-Uhlenbeck process on fractional Brownian motion (Cheridito et al. 2003)";
  }

  @Override
  public List<Parameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public Set<String> curves() {
    return Set.of();
  }

  @Override
  public Sde sde(Set<String> curves) {
    return Sde.ito(name())
        .parameters("x0", "kappa", "theta", "sigma", "hurst")
        .state("x", Expr.param("x0"))
        .drift((t, x) -> Expr.param("kappa").times(Expr.param("theta").minus(x)))
        .diffusion(
            NoiseType.ADDITIVE,
            (t, x) -> Expr.concat(List.of(Expr.param("sigma"))).reshape(Shape.matrix(1, 1)))
        .with(FractionalDriver.motion(0, Expr.param("hurst")));
  }
}
