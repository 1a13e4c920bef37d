package io.pathwise.scheme;

import java.util.List;
import java.util.Optional;

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
          new Exact());

  private Schemes() {}

  /** All schemes in the order they are listed to users. */
  public static List<Scheme> all() {
    return ALL;
  }

  /** The scheme of a name. */
  public static Optional<Scheme> find(String name) {
    return ALL.stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
