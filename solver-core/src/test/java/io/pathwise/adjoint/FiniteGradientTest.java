package io.pathwise.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.QuadraticVariation;
import io.pathwise.sde.Sde;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where a square root, a maximum or a barrier sits exactly at the point without a derivative, every
 * derivative is finite; and where differences on the same noise have limits on both sides it lies
 * between them, so it is the derivative where those agree.
 */
class FiniteGradientTest {
  private static final int PATHS = 10;
  private static final Sde BLACK_SCHOLES = Greeks.sde("black-scholes");
  private static final Sde HESTON = Greeks.sde("heston");

  private record Case(String name, Solver solver, List<String> claims, List<String> parameters) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Map<String, Double> with(Map<String, Double> parameters, Object... changes) {
    Map<String, Double> changed = new HashMap<>(parameters);
    for (int i = 0; i < changes.length; i += 2) {
      changed.put((String) changes[i], (Double) changes[i + 1]);
    }
    return changed;
  }

  private static Case blackScholes(String name, Map<String, Double> parameters, Claim claim) {
    return new Case(
        name,
        Greeks.blackScholes().parameters(parameters).step(0.25).claim(claim),
        List.of(claim.id()),
        List.of("spot", "sigma", "r", "q"));
  }

  private static Case heston(String name, String scheme, Map<String, Double> parameters) {
    Contracts contracts = Greeks.contracts(HESTON);
    return new Case(
        name + ", " + scheme,
        Greeks.heston(parameters, scheme, 1.0 / 16)
            .claim(contracts.european("call", OptionType.CALL, 100, 1))
            .claim(contracts.asian("asian", OptionType.PUT, Averaging.GEOMETRIC, 101, 1, 4)),
        List.of("call", "asian"),
        Greeks.HESTON_NAMES);
  }

  private static Claim barrier(BarrierType kind, double barrier) {
    Expr variance =
        QuadraticVariation.of(BLACK_SCHOLES, BLACK_SCHOLES.observables().get("S").log());
    return Greeks.contracts(BLACK_SCHOLES)
        .continuousBarrier("barrier", OptionType.CALL, 90, 1, kind, barrier, variance, 1);
  }

  /** dy = kappa (theta - y) dt + xi sqrt(y) dW from y0. */
  private static Case squareRoot(Scheme scheme, double start, double theta) {
    Expr xi = Expr.param("xi");
    Sde ito =
        Sde.ito("square root")
            .parameters("y0", "kappa", "theta", "xi")
            .state("y", Expr.param("y0"))
            .drift((t, y) -> Expr.param("theta").minus(y.max(0)).times(Expr.param("kappa")))
            .diffusion(
                NoiseType.SCALAR, (t, y) -> y.max(0).sqrt().times(xi).reshape(Shape.matrix(1, 1)));
    Sde sde = scheme.supports(ito) ? ito : ito.toStratonovich();
    return new Case(
        "square root from " + start + " to " + theta + ", " + scheme.name(),
        Solver.of(sde)
            .scheme(scheme)
            .parameters(Map.of("y0", start, "kappa", 1.5, "theta", theta, "xi", 0.6))
            .step(0.125)
            .seed(4)
            .claim(Claim.value("square", sde.state().get(0).square(), 1))
            .claim(Claim.value("root", sde.state().get(0).max(0).sqrt(), 1)),
        List.of("square", "root"),
        sde.parameters());
  }

  /** A bond under Cox, Ingersoll and Ross with a short rate that starts at 0. */
  private static Case bond(String scheme) {
    Sde sde = Greeks.sde("cir");
    return new Case(
        "short rate from 0, " + scheme,
        Solver.of(sde)
            .scheme(Schemes.find(scheme).orElseThrow())
            .parameters(Map.of("r0", 0.0, "a", 0.5, "b", 0.04, "sigma", 0.25))
            .step(0.25)
            .seed(6)
            .claim(Claim.value("bond", sde.observables().get("discount"), 2)),
        List.of("bond"),
        sde.parameters());
  }

  static Stream<Case> cases() {
    Contracts contracts = Greeks.contracts(BLACK_SCHOLES);
    Map<String, Double> still = with(Greeks.BLACK_SCHOLES, "sigma", 0.0);
    Map<String, Double> pinned = with(Greeks.BLACK_SCHOLES, "sigma", 0.0, "r", 0.0, "q", 0.0);
    Map<String, Double> zero = with(Greeks.TRUNCATED, "v0", 0.0);
    Stream<Case> payoffs =
        Stream.of(
            blackScholes("sigma = 0", still, contracts.european("call", OptionType.CALL, 95, 1)),
            blackScholes(
                "every path ends at the strike",
                pinned,
                contracts.european("call", OptionType.CALL, Math.exp(Math.log(100)), 1)),
            blackScholes(
                "every mean is the strike",
                pinned,
                contracts.asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 100, 1, 4)),
            blackScholes(
                "an Asian option, sigma = 0",
                still,
                contracts.asian("asian", OptionType.CALL, Averaging.GEOMETRIC, 95, 1, 4)),
            blackScholes(
                "a start at a barrier below",
                Greeks.BLACK_SCHOLES,
                barrier(BarrierType.DOWN_OUT, 100)),
            blackScholes(
                "a start at a barrier above",
                Greeks.BLACK_SCHOLES,
                barrier(BarrierType.UP_IN, 100)),
            blackScholes("a path along a barrier", pinned, barrier(BarrierType.DOWN_OUT, 100)),
            blackScholes(
                "a path that runs into a barrier",
                still,
                barrier(BarrierType.UP_OUT, 100 * Math.exp(0.01))),
            blackScholes(
                "a path off a barrier, sigma = 0", still, barrier(BarrierType.DOWN_OUT, 80)));
    Stream<Case> models =
        Stream.of("euler", "heston-qe", "milstein")
            .flatMap(
                scheme ->
                    Stream.of(
                        heston("truncated variance", scheme, Greeks.TRUNCATED),
                        heston("variance from 0", scheme, zero),
                        heston("variance without noise", scheme, with(zero, "xi", 0.0)),
                        heston("correlation 1", scheme, with(zero, "rho", 1.0)),
                        heston(
                            "variance without a level",
                            scheme,
                            with(Greeks.TRUNCATED, "theta", 0.0)),
                        heston("no variance", scheme, with(zero, "theta", 0.0))));
    Stream<Case> roots =
        Schemes.all().stream()
            .filter(scheme -> scheme.noiseTypes().contains(NoiseType.SCALAR))
            .filter(scheme -> !List.of("exact", "heston-qe").contains(scheme.name()))
            .flatMap(
                scheme ->
                    Stream.of(
                        squareRoot(scheme, 0, 0.3),
                        squareRoot(scheme, 0, 0),
                        squareRoot(scheme, 0.2, 0)));
    Stream<Case> bonds = Stream.of("euler", "milstein", "exact").map(FiniteGradientTest::bond);
    return Stream.of(payoffs, models, roots, bonds).flatMap(s -> s);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyDerivativeIsFiniteAndBetweenTheDifferences(Case one) {
    one.solver().threads(1).gradient(one.parameters());
    Solution solution = one.solver().gradientMethod(GradientMethod.STORED).solve(PATHS);
    Solution tangent = one.solver().gradientMethod(GradientMethod.TANGENT).solve(PATHS);
    PathRun run = solution.prepared().plan().fine();
    for (String name : one.parameters()) {
      Side[] up = sides(run, name, 1);
      Side[] down = sides(run, name, -1);
      for (int o = 0; o < up.length; o++) {
        double derivative = solution.derivative(one.claims().get(o), name).mean();
        String what =
            "%s of %s in %s, from above %s, from below %s"
                .formatted(one, one.claims().get(o), name, up[o], down[o]);
        assertThat(derivative).as(what).isFinite();
        assertThat(tangent.derivative(one.claims().get(o), name).mean())
            .as(what + ", forward")
            .isCloseTo(derivative, within(1e-3 * (1 + Math.abs(derivative))));
        assertThat(Math.abs(derivative)).as(what).isLessThan(1e6);
        // Where one side has a limit only, as beside the root at 0, it is the derivative.
        Side lower = up[o].settled() ? up[o] : down[o];
        Side upper = down[o].settled() ? down[o] : up[o];
        if (lower.settled() && upper.settled()) {
          assertThat(derivative)
              .as(what)
              .isBetween(
                  Math.min(lower.narrower() - lower.slack(), upper.narrower() - upper.slack()),
                  Math.max(lower.narrower() + lower.slack(), upper.narrower() + upper.slack()));
        }
      }
    }
  }

  /** The difference quotient to one side, and whether a smaller step gives the same. */
  private record Side(double slope, double narrower) {
    boolean settled() {
      return Double.isFinite(slope) && slack() < 1e-2 * (1 + Math.abs(narrower));
    }

    /** How far off the limit may be. */
    double slack() {
      return 2 * Math.abs(slope - narrower) + 1e-4 * (1 + Math.abs(narrower));
    }
  }

  private static Side[] sides(PathRun run, String parameter, int direction) {
    double[] here = Differences.means(run, run.parameters(), PATHS);
    double[] wide = moved(run, parameter, direction * 1e-6);
    double[] narrow = moved(run, parameter, direction * 1e-7);
    Side[] sides = new Side[here.length];
    Arrays.setAll(
        sides,
        o ->
            new Side(
                (wide[o] - here[o]) / (direction * 1e-6),
                (narrow[o] - here[o]) / (direction * 1e-7)));
    return sides;
  }

  private static double[] moved(PathRun run, String parameter, double by) {
    Map<String, Double> moved = new TreeMap<>(run.parameters());
    moved.merge(parameter, by, Double::sum);
    return Differences.means(run, moved, PATHS);
  }
}
