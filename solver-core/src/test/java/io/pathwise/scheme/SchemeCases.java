package io.pathwise.scheme;

import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every scheme with every calculus and noise type it supports, and an equation to try it on. */
public final class SchemeCases {
  /** Schemes without an order to measure on these equations, and where they are tried instead. */
  public static final Map<String, String> ELSEWHERE =
      Map.of(
          "exact", "has the exact law at any step size",
          "heston-qe", "is for one model");

  private SchemeCases() {}

  /**
   * A scheme on a kind of equation.
   *
   * @param problem two states and coefficients in time; a pendulum for Langevin schemes
   * @param weakProblem one whose law is known, without time in its coefficients
   */
  public record Case(
      Scheme scheme,
      Calculus calculus,
      NoiseType noise,
      TestSdes.Problem problem,
      TestSdes.Problem weakProblem) {

    /** The strong order by regression. */
    public Orders.Measured strong() {
      return Orders.strong(scheme, problem);
    }

    /** The weak order by regression. */
    public Orders.Measured weak() {
      if (langevin()) {
        return HarmonicLaw.weak(scheme, 4, 7);
      }
      // Errors of higher order are small soon: they must stay above what the law resolves.
      int coarsest = scheme.weakOrder(noise) > 1 ? 3 : 4;
      return PeriodicLaw.weak(scheme, weakProblem, coarsest, coarsest + 3);
    }

    /** An equation of the kind with cheap coefficients: its kernels compile fast. */
    public TestSdes.Problem cheapProblem() {
      return switch (noise) {
        case SCALAR -> TestSdes.kubo(calculus);
        case ADDITIVE ->
            langevin() ? TestSdes.harmonicOscillator() : TestSdes.additiveInTime(calculus);
        case DIAGONAL -> TestSdes.gbm(calculus);
        case COMMUTATIVE -> TestSdes.stretchAndTurn(calculus);
        case GENERAL -> TestSdes.nonCommuting(calculus);
      };
    }

    /** Whether the equation is an underdamped Langevin equation. */
    public boolean langevin() {
      return scheme instanceof LangevinScheme;
    }

    @Override
    public String toString() {
      return scheme.name() + " on " + problem + ", " + calculus;
    }
  }

  /** All cases; additive noise, the same in both calculi, comes once. */
  public static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Scheme scheme : Schemes.all()) {
      for (Calculus calculus : Calculus.values()) {
        for (NoiseType noise : NoiseType.values()) {
          add(cases, scheme, calculus, noise);
        }
      }
    }
    return cases;
  }

  private static void add(List<Case> cases, Scheme scheme, Calculus calculus, NoiseType noise) {
    boolean again =
        noise == NoiseType.ADDITIVE
            && cases.stream().anyMatch(c -> c.scheme() == scheme && c.noise() == noise);
    boolean langevin = scheme instanceof LangevinScheme;
    TestSdes.Problem problem =
        langevin ? TestSdes.pendulum() : TestSdes.periodic(calculus, noise, 1);
    if (again || !scheme.supports(problem.sde()) || problem.sde().noise() != noise) {
      return;
    }
    // Scalar noise on two states does not smooth; a scheme's second states need the second axis.
    boolean line = noise == NoiseType.SCALAR || !scheme.auxiliaries(problem.sde()).isEmpty();
    TestSdes.Problem weak =
        langevin
            ? TestSdes.harmonicOscillator()
            : line
                ? TestSdes.periodicLine(calculus, noise, 0)
                : TestSdes.periodic(calculus, noise, 0);
    cases.add(new Case(scheme, calculus, noise, problem, weak));
  }
}
