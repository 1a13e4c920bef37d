package io.pathwise.adjoint;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import io.pathwise.model.Catalogue;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import io.pathwise.payoff.Watch;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.SchemeCases;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Solver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Every scheme on every calculus and noise type it supports, with equations whose initial states
 * are parameters like all others, and smooth claims on them.
 */
final class GradientCases {
  /** The claims of {@link Case#solver}, in order. */
  static final List<String> CLAIMS = List.of("end", "mean");

  private GradientCases() {}

  /**
   * A scheme on an equation.
   *
   * @param parameters values of all parameters, initial states among them
   */
  record Case(Scheme scheme, Sde sde, Map<String, Double> parameters) {

    /** A few steps to a product of all states at the end and to a mean over two dates. */
    Solver solver() {
      Expr y = sde.state();
      Expr product = y.sum();
      for (int i = 0; i < sde.states().size(); i++) {
        product = product.times(Expr.apply(Op.SIN, y.get(i)).plus(1.5));
      }
      Functional running =
          new Functional(
              "running",
              0,
              y.get(0).square().fma(Expr.leaf(Leaf.STEP, "weight"), Functional.VALUE));
      Watch watch =
          new Watch(
              running, List.of(0.25, 0.5), List.of(Map.of("weight", 0.4), Map.of("weight", 0.6)));
      Expr mean = Output.slot(0).plus(1).log().times(y.get(0));
      return Solver.of(sde)
          .scheme(scheme)
          .parameters(parameters)
          .step(0.125)
          .threads(1)
          .seed(5)
          .claim(Claim.value(CLAIMS.get(0), product, 0.5))
          .claim(
              new Claim(CLAIMS.get(1), "mean", mean, true, 0.5, List.of(watch), Map.of(), false));
    }

    @Override
    public String toString() {
      return scheme.name() + " on " + sde.name() + ", " + sde.calculus();
    }
  }

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (SchemeCases.Case one : SchemeCases.all()) {
      Map<String, Double> parameters = new TreeMap<>(one.problem().parameters());
      parameters.remove("start");
      cases.add(started(one.scheme(), one.problem().sde(), parameters));
    }
    cases.add(
        new Case(
            scheme("heston-qe"),
            Greeks.sde("heston"),
            Map.of(
                "spot", 1.2, "v0", 0.3, "r", 0.03, "q", 0.01, "kappa", 1.5, "theta", 0.25, "xi",
                0.3, "rho", -0.6)));
    cases.add(
        new Case(
            scheme("exact"),
            Greeks.sde("black-scholes"),
            Map.of("spot", 1.4, "r", 0.03, "q", 0.01, "sigma", 0.4)));
    cases.add(
        new Case(
            scheme("exact"),
            Catalogue.find("vasicek").orElseThrow().sde(Set.of()),
            Map.of("r0", 0.3, "a", 0.6, "b", 0.5, "sigma", 0.2)));
    return cases;
  }

  private static Scheme scheme(String name) {
    return Schemes.find(name).orElseThrow();
  }

  /** The same equation with the initial states as parameters. */
  private static Case started(Scheme scheme, Sde sde, Map<String, Double> values) {
    List<String> names = IntStream.range(0, sde.states().size()).mapToObj(i -> "y0_" + i).toList();
    List<String> all = new ArrayList<>(values.keySet());
    all.addAll(names);
    Map<String, Double> parameters = new TreeMap<>(values);
    double[] starts = {0.7, -0.4, 0.2};
    for (int i = 0; i < names.size(); i++) {
      parameters.put(names.get(i), starts[i]);
    }
    Sde started =
        new Sde(
            sde.name(),
            sde.calculus(),
            sde.noise(),
            sde.states(),
            sde.channels(),
            all,
            Expr.concat(names.stream().map(Expr::param).toList())
                .reshape(Shape.vector(names.size())),
            sde.drift(),
            sde.diffusion(),
            sde.observables(),
            sde.capabilities());
    return new Case(scheme, started, parameters);
  }
}
