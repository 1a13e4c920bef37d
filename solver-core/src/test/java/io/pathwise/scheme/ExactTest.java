package io.pathwise.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.model.Catalogue;
import io.pathwise.sde.GeometricTransition;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.OrnsteinUhlenbeckTransition;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistical bounds are five standard errors under fixed seeds. */
class ExactTest {
  private static final Scheme EXACT = Schemes.find("exact").orElseThrow();

  private static Sde ornsteinUhlenbeck() {
    Expr kappa = Expr.param("kappa");
    Expr theta = Expr.param("theta");
    Expr sigma = Expr.param("sigma");
    return Sde.ito("ou")
        .parameters("kappa", "theta", "sigma", "x0")
        .state("x", Expr.param("x0"))
        .drift((t, x) -> theta.minus(x).times(kappa))
        .diffusion(NoiseType.ADDITIVE, (t, x) -> sigma.reshape(Shape.matrix(1, 1)))
        .with(new OrnsteinUhlenbeckTransition(kappa, theta, sigma));
  }

  @Test
  void aGeometricStepIsTheClosedForm() {
    Expr mu = Expr.param("mu");
    Expr sigma = Expr.param("sigma");
    Sde sde =
        Sde.ito("gbm")
            .parameters("mu", "sigma")
            .state("S", Expr.ONE)
            .drift((t, y) -> y.times(mu))
            .diagonal((t, y) -> y.times(sigma))
            .with(new GeometricTransition(mu, sigma));
    Map<String, Double> parameters = Map.of("mu", 0.1, "sigma", 0.5);
    double expected = 2 * Math.exp((0.1 - 0.125) * 3 + 0.5 * 0.7);
    for (Sde declared : new Sde[] {sde, sde.toStratonovich()}) {
      double[] y = new OneStep(declared, "exact", parameters).from(new double[] {2}, 0, 3, 0.7);
      assertThat(y[0]).isCloseTo(expected, within(1e-14 * expected));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2.5, 1e-9, 0, -0.4})
  void oneStepOfAnOrnsteinUhlenbeckHasItsMeanAndVariance(double kappa) {
    double t = 2;
    Moments moments =
        Solver.of(ornsteinUhlenbeck())
            .parameters(Map.of("kappa", kappa, "theta", 0.3, "sigma", 0.6, "x0", 1.0))
            .scheme(EXACT)
            .step(t)
            .observe("x", t)
            .solve(20_000)
            .observed("x", t);
    double mean = 0.3 + 0.7 * Math.exp(-kappa * t);
    double variance =
        0.36 * (Math.abs(kappa) < 1e-6 ? t : -Math.expm1(-2 * kappa * t) / (2 * kappa));
    assertThat(moments.mean()).isCloseTo(mean, within(5 * moments.standardError()));
    assertThat(moments.variance()).isCloseTo(variance, within(5 * variance * Math.sqrt(2e-4 / 2)));
  }

  @Test
  void twoStepsHaveTheLawOfOne() {
    Map<String, Double> parameters = Map.of("kappa", 1.3, "theta", 0.3, "sigma", 0.6);
    OneStep step = new OneStep(ornsteinUhlenbeck(), "exact", parameters);
    double[] z = {0};
    double mean = step.from(step.from(z, 0, 0.5, 0), 0.5, 0.7, 0)[0];
    assertThat(mean).isCloseTo(step.from(z, 0, 1.2, 0)[0], within(1e-15));
    double first = step.from(step.from(z, 0, 0.5, Math.sqrt(0.5)), 0.5, 0.7, 0)[0] - mean;
    double second = step.from(step.from(z, 0, 0.5, 0), 0.5, 0.7, Math.sqrt(0.7))[0] - mean;
    double whole = step.from(z, 0, 1.2, Math.sqrt(1.2))[0] - mean;
    assertThat(first * first + second * second).isCloseTo(whole * whole, within(1e-15));
  }

  @Test
  void blackScholesHasTheSameBitsUnderExactAndEulerMaruyama() {
    Sde sde = Catalogue.find("black-scholes").orElseThrow().sde(Set.of());
    Solver solver =
        Solver.of(sde)
            .parameters(Map.of("spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.2))
            .step(0.25)
            .observe("S", 1)
            .gradient("sigma");
    Solution euler = solver.solve(500);
    Solution exact = solver.scheme(EXACT).solve(500);
    assertThat(exact.observed("S", 1).mean()).isEqualTo(euler.observed("S", 1).mean());
  }
}
