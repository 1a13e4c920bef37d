package io.pathwise.spark.job;

import io.pathwise.calibrate.optimise.Adam;
import io.pathwise.calibrate.optimise.CmaEs;
import io.pathwise.calibrate.optimise.LbfgsB;
import io.pathwise.calibrate.optimise.LevenbergMarquardt;
import io.pathwise.calibrate.optimise.Optimiser;
import java.util.List;

/** The optimisers by their names in job files. */
public final class Optimisers {
  /** Their names, the usual one first. */
  static final List<String> NAMES = List.of("levenberg-marquardt", "l-bfgs-b", "adam", "cma-es");

  private static final double ADAM_RATE = 0.05;

  private Optimisers() {}

  /**
   * What refits from an optimum, for intervals: the method that knows bounds where the search is by
   * one, else Levenberg-Marquardt, which is quick near an optimum.
   */
  public static Optimiser refitting(String name) {
    return name.equals("l-bfgs-b") ? new LbfgsB() : LevenbergMarquardt.onTransforms();
  }

  /**
   * An optimiser with its usual settings, on coordinates that are transforms of parameters.
   *
   * @param seed of those that draw
   * @param tolerance of the objective's relative change, where it ends; Adam has none
   * @throws IllegalArgumentException if there is none of the name
   */
  public static Optimiser named(String name, long seed, double tolerance) {
    return switch (name) {
      case "levenberg-marquardt" -> LevenbergMarquardt.onTransforms().to(tolerance);
      case "l-bfgs-b" -> new LbfgsB().to(tolerance);
      case "adam" -> new Adam(ADAM_RATE);
      case "cma-es" -> new CmaEs(1, seed).to(tolerance);
      default ->
          throw new IllegalArgumentException(
              "optimiser " + name + ", expected one of " + String.join(", ", NAMES));
    };
  }
}
