package io.pathwise.solve;

/** The streams of noise within a run: those of different purposes are independent. */
final class Streams {
  /** Pilots: what is fitted on them does not know the paths it is used on. */
  static final long PILOT = 1L << 32;

  private static final long LEVELS = 2L << 32;
  private static final int BATCH_BITS = 16;

  private Streams() {}

  /** A batch of a level of multilevel Monte Carlo. */
  static long level(int level, int batch) {
    return LEVELS + ((long) level << BATCH_BITS) + batch;
  }
}
