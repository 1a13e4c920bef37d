package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.control.StepControl;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.noise.LevyTerm;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every combination of calculus, noise, scheme, source of noise, steps, gradient and estimator
 * either gives finite numbers or says what does not go together. The rules stand here once more, as
 * a table, so that a combination cannot begin to fail, or to work, unnoticed.
 */
class RunsOrRaisesTest {
  private static final long PATHS = 64;

  /** Of so many sound combinations one runs. */
  private static final int RUN = 11;

  /** Where normals and steps come from. */
  private enum Source {
    PSEUDO,
    SOBOL,
    STRATIFIED,
    TREE,
    ADAPTIVE;

    boolean ofItsOwn() {
      return this == TREE || this == ADAPTIVE;
    }
  }

  private enum Way {
    PLAIN,
    ANTITHETIC,
    IMPORTANCE,
    MULTILEVEL
  }

  static Stream<Arguments> schemes() {
    return Schemes.all().stream()
        .flatMap(
            scheme ->
                Stream.of(Calculus.values())
                    .map(calculus -> Arguments.of(scheme.name(), calculus)));
  }

  @ParameterizedTest(name = "{0} in {1} calculus")
  @MethodSource("schemes")
  void everyCombinationRunsOrSaysWhatDoesNotGoTogether(String name, Calculus calculus) {
    Scheme scheme = Schemes.find(name).orElseThrow();
    int sound = Schemes.all().indexOf(scheme);
    for (NoiseType noise : NoiseType.values()) {
      Sde sde = equation(calculus, noise);
      for (Source source : Source.values()) {
        for (Way way : Way.values()) {
          for (boolean gradient : new boolean[] {false, true}) {
            Case asked = new Case(sde, scheme, source, way, gradient);
            List<String> reasons = asked.reasons();
            // Every few run to the end; the others are planned, which is where what does not go
            // together is found.
            boolean run = reasons.isEmpty() && sound++ % RUN == 0;
            asked.check(reasons, run);
          }
        }
      }
    }
  }

  private record Case(Sde sde, Scheme scheme, Source source, Way way, boolean gradient) {

    /** A word that the error must contain, for each thing that does not go together. */
    List<String> reasons() {
      if (!scheme.supports(sde)) {
        return List.of("scheme " + scheme.name());
      }
      List<String> reasons = new ArrayList<>();
      if (source.ofItsOwn()) {
        if (gradient) {
          reasons.add("gradient in [a]");
        }
        if (scheme.levyTerms(sde).contains(LevyTerm.AREA)) {
          reasons.add("needs the area A");
        } else if (source == Source.ADAPTIVE && scheme.strongOrder(sde.noise()) < 1) {
          reasons.add("has strong order");
        }
      }
      if (way != Way.PLAIN && source.ofItsOwn()) {
        reasons.add("expected those of the grid");
      }
      if (way != Way.PLAIN && (source == Source.SOBOL || source == Source.STRATIFIED)) {
        reasons.add("expected pseudo-random numbers");
      }
      return reasons;
    }

    Solver solver() {
      Solver solver =
          Solver.of(sde)
              .parameters(Map.of("a", 0.4))
              .scheme(scheme)
              .step(0.25)
              .threads(1)
              .claim(Claim.value("x", sde.observables().get("x"), 0.5));
      if (gradient) {
        solver.gradient("a");
      }
      switch (source) {
        case SOBOL -> solver.noise(new NoiseSource.Sobol(2, true));
        case STRATIFIED -> solver.noise(new NoiseSource.Stratified(8));
        case TREE -> solver.adaptive(StepControl.fixed(0.25));
        case ADAPTIVE -> solver.adaptive(StepControl.adaptive(0.05, 0.05, 0.01, 0.25));
        default -> {}
      }
      switch (way) {
        case ANTITHETIC -> solver.estimator(new Estimator.Antithetic());
        case IMPORTANCE ->
            solver
                .estimator(new Estimator.Importance(Collections.nCopies(sde.channels(), 0.1)))
                .pilotPaths(512);
        default -> {}
      }
      return solver;
    }

    void check(List<String> reasons, boolean run) {
      String error = run ? run() : plan();
      if (reasons.isEmpty()) {
        assertThat(error).as("%s", this).isEmpty();
      } else {
        assertThat(error).as("%s", this).contains(reasons);
      }
    }

    private String plan() {
      try {
        if (way == Way.MULTILEVEL) {
          Multilevel.of(solver()).plan().run(1);
        } else if (way == Way.IMPORTANCE) {
          solver().requireSound();
        } else {
          solver().plan(PATHS);
        }
        return "";
      } catch (IllegalArgumentException e) {
        return e.getMessage();
      }
    }

    private String run() {
      if (way == Way.MULTILEVEL) {
        MultilevelSolution levels = Multilevel.of(solver()).study(2, PATHS);
        assertThat(levels.value("x").mean()).as("%s", this).isFinite();
        return "";
      }
      Solution solution = solver().solve(PATHS);
      assertThat(solution.value("x").mean()).as("%s", this).isFinite();
      if (gradient) {
        assertThat(solution.derivative("x", "a").mean()).as("%s", this).isFinite();
      }
      return "";
    }
  }

  private static Sde equation(Calculus calculus, NoiseType noise) {
    Expr a = Expr.param("a");
    Sde.Builder builder =
        (calculus == Calculus.ITO ? Sde.ito("test") : Sde.stratonovich("test"))
            .parameters("a")
            .state("x", Expr.ONE)
            .state("y", a)
            .drift((t, y) -> y.times(a).neg());
    return switch (noise) {
      case DIAGONAL -> builder.diagonal((t, y) -> y.times(a));
      case SCALAR -> builder.diffusion(noise, (t, y) -> y.times(a).reshape(Shape.matrix(2, 1)));
      case ADDITIVE -> builder.diffusion(noise, (t, y) -> matrix(a, Expr.of(0.1), t, a));
      case COMMUTATIVE ->
          builder.diffusion(noise, (t, y) -> y.outer(Expr.concat(List.of(a, Expr.of(0.1)))));
      case GENERAL ->
          builder.diffusion(
              noise, (t, y) -> matrix(y.get(0), a, y.get(1).times(a), y.get(0).times(0.3)));
    };
  }

  private static Expr matrix(Expr... elements) {
    return Expr.concat(List.of(elements)).reshape(Shape.matrix(2, 2));
  }
}
