package io.pathwise.model;

import java.util.List;
import java.util.Optional;

/** The catalogue models. */
public final class Catalogue {
  private static final List<ModelType> ALL =
      List.of(
          new BlackScholes(),
          new Heston(),
          new Merton(),
          new Kou(),
          new Bates(),
          new VarianceGamma(),
          new Vasicek(),
          new CoxIngersollRoss(),
          new HullWhite(),
          new Sabr(),
          new OrnsteinUhlenbeck(),
          new LiftedHeston(),
          new RoughBergomi(),
          new FractionalOrnsteinUhlenbeck());

  private Catalogue() {}

  /** All models in the order they are listed to users. */
  public static List<ModelType> all() {
    return ALL;
  }

  /** The models of as many assets as a job names, in the order they are listed to users. */
  public static List<ModelFamily> families() {
    return List.of(CorrelatedGbm.FAMILY);
  }

  /** The model of a name. */
  public static Optional<ModelType> find(String name) {
    return ALL.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  /** The family of a name. */
  public static Optional<ModelFamily> family(String name) {
    return families().stream().filter(f -> f.name().equals(name)).findFirst();
  }
}
