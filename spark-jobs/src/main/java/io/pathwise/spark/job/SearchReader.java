package io.pathwise.spark.job;

import java.util.List;

/** Reads how the optimum of a calibration is looked for. */
final class SearchReader {
  private static final int MOST = 1_000_000;
  private static final int ITERATIONS = 200;
  private static final int GENERATIONS = 30;

  /** Smooth prices are minimised to the last digits; noise has none. */
  private static final double EXACT = 1e-12;

  private static final double NOISY = 1e-4;
  private static final String TOLERANCE = "tolerance";

  private final Section section;
  private final String name;
  private final double usual;

  SearchReader(Section section, CalibrationPricer pricer) {
    this.section = section;
    this.usual = pricer == CalibrationPricer.ANALYTIC ? EXACT : NOISY;
    this.name = section.choice("optimiser", Optimisers.NAMES).orElse(Optimisers.NAMES.get(0));
  }

  /** Whether the optimiser knows bounds by itself. */
  boolean isBoxed() {
    return name.equals("l-bfgs-b");
  }

  CalibrationSpec.Search search() {
    long seed = section.whole("starts-seed", 0, Long.MAX_VALUE).orElse(0);
    int starts = (int) section.whole("starts", 1, MOST).orElse(1);
    int iterations = (int) section.whole("iterations", 1, MOST).orElse(ITERATIONS);
    boolean warm =
        section.choice("warm-start", List.of("true", "false")).orElse("true").equals("true");
    double tolerance = tolerance();
    return new CalibrationSpec.Search(
        Optimisers.named(name, seed, tolerance),
        tolerance,
        iterations,
        starts,
        seed,
        generations(),
        warm);
  }

  private double tolerance() {
    if (section.has(TOLERANCE) && name.equals("adam")) {
      section.complain(TOLERANCE, "adam runs all of its iterations, expected another optimiser");
    }
    return section.number(TOLERANCE, new Range(0, true, 0.1, "")).orElse(usual);
  }

  private int generations() {
    if (!section.has("global")) {
      return 0;
    }
    if (isBoxed()) {
      section.complain(
          "global", "cma-es needs bounds in transforms, expected an optimiser other than l-bfgs-b");
    }
    return section
        .section("global", "{ method = cma-es, generations = 30 }")
        .map(
            found -> {
              found.choice("method", List.of("cma-es"));
              int generations = (int) found.whole("generations", 1, MOST).orElse(GENERATIONS);
              found.finish("key");
              return generations;
            })
        .orElse(0);
  }
}
