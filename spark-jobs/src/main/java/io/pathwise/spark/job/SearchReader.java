package io.pathwise.spark.job;

import java.util.List;

/** Reads how the optimum of a calibration is looked for. */
final class SearchReader {
  private static final int MOST = 1_000_000;
  private static final int ITERATIONS = 200;
  private static final int GENERATIONS = 30;

  private final Section section;
  private final String name;

  SearchReader(Section section) {
    this.section = section;
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
    return new CalibrationSpec.Search(
        Optimisers.named(name, seed), iterations, starts, seed, generations(), warm);
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
