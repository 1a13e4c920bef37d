package io.pathwise.solve;

import java.util.Arrays;

/** Every path's value of the captured outputs; a dropped path has NaN. */
final class PathValues implements PathSink {
  private final double[][] values;

  PathValues(PathRun run, long paths) {
    values = new double[run.schedule().outputs().size()][];
    for (int o = 0; o < values.length; o++) {
      if (run.schedule().outputs().get(o).captured()) {
        values[o] = new double[Math.toIntExact(paths)];
        Arrays.fill(values[o], Double.NaN);
      }
    }
  }

  /** Threads write to places of their own: a path is in one shard. */
  @Override
  public void accept(int output, long[] paths, double[] block, int n) {
    for (int i = 0; i < n; i++) {
      values[output][(int) paths[i]] = block[i];
    }
  }

  double[] of(int output) {
    if (values[output] == null) {
      throw new IllegalArgumentException("output " + output + " was not observed path by path");
    }
    return values[output].clone();
  }
}
