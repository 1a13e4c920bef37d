package io.pathwise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import io.pathwise.solve.PathReplay;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every model's kernel against the interpreter, and its adjoint against finite differences. */
class CatalogueKernelTest {
  private static final Map<String, Double> PARAMETERS = parameters();

  /** One value a name, whatever the model: variances stay clear of 0, where there are kinks. */
  private static Map<String, Double> parameters() {
    Map<String, Double> parameters = new HashMap<>();
    parameters.putAll(Map.of("spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.1));
    parameters.putAll(Map.of("v0", 0.04, "kappa", 1.5, "theta", 0.06, "xi", 0.2, "rho", -0.7));
    parameters.putAll(Map.of("lambda", 2.0, "mu-j", -0.1, "sigma-j", 0.15));
    parameters.putAll(Map.of("p", 0.4, "eta1", 10.0, "eta2", 5.0, "nu", 0.3));
    parameters.putAll(Map.of("r0", 0.05, "a", 0.5, "b", 0.06));
    parameters.putAll(Map.of("f0", 100.0, "alpha", 2.0, "beta", 0.5, "x0", 0.1));
    return parameters;
  }

  private static Solver solver(Sde sde, String scheme, Map<String, Double> values) {
    Map<String, Double> own = new HashMap<>();
    sde.parameters().forEach(name -> own.put(name, values.get(name)));
    return Solver.of(sde)
        .parameters(own)
        .scheme(Schemes.find(scheme).orElseThrow())
        .step(0.125)
        .seed(11);
  }

  @ParameterizedTest
  @CsvSource({
    "black-scholes, exact",
    "heston, heston-qe",
    "merton, exact",
    "kou, exact",
    "bates, heston-qe",
    "variance-gamma, exact",
    "vasicek, exact",
    "cir, milstein",
    "cir, exact",
    "hull-white, exact",
    "sabr, euler",
    "ornstein-uhlenbeck, exact",
  })
  void kernelsEqualTheReplayAndGradientsFiniteDifferences(String model, String scheme) {
    Sde sde = Catalogue.find(model).orElseThrow().sde(Set.of());
    String observable = sde.observables().keySet().stream().reduce((a, b) -> b).orElseThrow();
    Solver solver = solver(sde, scheme, PARAMETERS).observe(observable, 0.3, 1).companion();
    Solution solution = solver.solve(520);
    PathReplay replay = new PathReplay(solver.plan().fine());
    double[] early = solution.paths(observable, 0.3);
    double[] late = solution.paths(observable, 1);
    for (int path = 0; path < 520; path += 37) {
      assertThat(replay.outputs(replay.states(replay.normalsOf(path))))
          .containsExactly(early[path], late[path]);
    }

    List<String> names = sde.parameters().stream().filter(n -> !n.equals("lambda")).toList();
    Expr value = sde.observables().values().stream().reduce(Expr.ZERO, Expr::plus);
    Claim claim = Claim.value("claim", value.over(10).square().plus(1).sqrt(), 1);
    Solution derived = solver(sde, scheme, PARAMETERS).claim(claim).gradient(names).solve(300);
    for (String name : names) {
      double h = 1e-5 * Math.max(0.1, Math.abs(PARAMETERS.get(name)));
      double difference =
          (bumped(sde, scheme, claim, name, h) - bumped(sde, scheme, claim, name, -h)) / (2 * h);
      assertThat(derived.derivative("claim", name).mean())
          .as(name)
          .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
    }
  }

  private static double bumped(Sde sde, String scheme, Claim claim, String name, double h) {
    Map<String, Double> values = new HashMap<>(PARAMETERS);
    values.merge(name, h, Double::sum);
    return solver(sde, scheme, values).claim(claim).solve(300).value("claim").mean();
  }
}
