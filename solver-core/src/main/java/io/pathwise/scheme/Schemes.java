package io.pathwise.scheme;

import io.pathwise.sde.ExactTransition;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The catalogue of schemes. */
public final class Schemes {
  private static final List<Scheme> ALL =
      List.of(
          // Ito, or Ito and Stratonovich.
          new EulerMaruyama(),
          new Milstein(),
          new MilsteinFree(),
          new StochasticRungeKutta(),
          new Sosri(),
          new Sra1(),
          new Sra3(),
          new Sosra(),
          new Dri1(),
          new ImplicitEuler(),
          new ImplicitMilstein(),
          new ExponentialEuler(),
          new TamedEuler(),
          // Stratonovich.
          new EulerHeun(),
          new Heun(),
          new Midpoint(),
          new LogOde(),
          new ReversibleHeun(),
          new Shark(),
          new SlowRk(),
          new Spark(),
          // Underdamped Langevin.
          new Ubu(),
          new Quicsort(),
          // Model-specific.
          new HestonQe(),
          new Exact());

  private Schemes() {}

  /** All schemes in the order they are listed to users. */
  public static List<Scheme> all() {
    return ALL;
  }

  /**
   * The scheme that suits an equation where nothing else is known: the known law where it has one
   * for all values of its parameters, Euler-Maruyama for fractional noise, else what converges
   * fastest without derivatives of g where channels do not commute (docs/choose-a-solver.md).
   *
   * @throws IllegalArgumentException if no scheme of the catalogue fits
   */
  public static Scheme recommended(Sde sde) {
    boolean fractional = sde.capability(FractionalDriver.class).isPresent();
    return (fractional
            ? Stream.of("euler")
            : Stream.concat(Stream.of("exact", "quicsort"), preferred(sde.noise())))
        .map(Schemes::find)
        .flatMap(Optional::stream)
        .filter(scheme -> scheme.supports(sde) && anywhere(scheme, sde))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    sde.name()
                        + ": no scheme for "
                        + sde.noise()
                        + " noise in "
                        + sde.calculus()
                        + " calculus"));
  }

  /** Whether the scheme fits the equation whatever the values of its parameters. */
  private static boolean anywhere(Scheme scheme, Sde sde) {
    return !(scheme instanceof Exact)
        || sde.capability(ExactTransition.class).flatMap(ExactTransition::range).isEmpty();
  }

  /** Names by preference; the calculus decides among them. */
  private static Stream<String> preferred(NoiseType noise) {
    return switch (noise) {
      case ADDITIVE -> Stream.of("shark");
      case SCALAR, DIAGONAL -> Stream.of("slow-rk", "sosri", "milstein");
      case COMMUTATIVE -> Stream.of("slow-rk", "milstein");
      case GENERAL -> Stream.of("euler", "shark");
    };
  }

  /** The scheme of a name. */
  public static Optional<Scheme> find(String name) {
    return ALL.stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
