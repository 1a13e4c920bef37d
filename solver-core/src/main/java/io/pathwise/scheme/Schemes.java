package io.pathwise.scheme;

import java.util.List;
import java.util.Optional;

/** The catalogue of schemes. */
public final class Schemes {
  private static final List<Scheme> ALL =
      List.of(new EulerMaruyama(), new Milstein(), new HestonQe(), new Exact());

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
