package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.OrnsteinUhlenbeckTransition;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Set;

/** Ornstein-Uhlenbeck: dx = kappa (theta - x) dt + sigma dW (Uhlenbeck and Ornstein 1930). */
final class OrnsteinUhlenbeck implements ModelType {
  private static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.required("x0", -1e12, 1e12, "value today"),
          Parameter.required("kappa", 0, 1e6, "speed of mean reversion, a year"),
          Parameter.required("theta", -1e12, 1e12, "long-run level"),
          Parameter.required("sigma", 0, 1e12, "volatility, a square root year"));

  @Override
  public String name() {
    return "ornstein-uhlenbeck";
  }

  @Override
  public String description() {
    return "Ornstein-Uhlenbeck: Gaussian, mean-reverting (Uhlenbeck-Ornstein 1930)";
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
        .parameters("x0", "kappa", "theta", "sigma")
        .state("x", Expr.param("x0"))
        .drift((t, y) -> Expr.param("kappa").times(Expr.param("theta").minus(y)))
        .diffusion(NoiseType.ADDITIVE, (t, y) -> Expr.param("sigma").reshape(Shape.matrix(1, 1)))
        .with(
            new OrnsteinUhlenbeckTransition(
                Expr.param("kappa"), Expr.param("theta"), Expr.param("sigma")));
  }
}
