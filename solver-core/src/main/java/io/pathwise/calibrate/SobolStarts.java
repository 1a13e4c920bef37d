package io.pathwise.calibrate;

import io.pathwise.noise.SobolDirections;
import io.pathwise.noise.Threefry;
import java.util.ArrayList;
import java.util.List;

/**
 * Start points of a calibration, spread over the bounds of the free parameters by a Sobol sequence
 * with a digital shift. Every start is independent of the others, so they may run anywhere.
 */
public final class SobolStarts {
  private static final int DIGITS = 32;

  /** Starts keep this share of the range away from the bounds. */
  private static final double MARGIN = 0.02;

  private SobolStarts() {}

  /**
   * Coordinates of starts.
   *
   * @param count how many
   * @param seed of the digital shift; 0 for none
   */
  public static List<double[]> of(ParameterSpace space, int count, long seed) {
    List<CalibrationParameter> free = space.free();
    List<long[]> directions = SobolDirections.of(free.size(), DIGITS);
    List<double[]> starts = new ArrayList<>();
    for (int point = 1; point <= count; point++) {
      double[] start = new double[free.size()];
      for (int d = 0; d < start.length; d++) {
        double u = coordinate(directions.get(d), point, seed, d);
        start[d] = between(free.get(d), MARGIN + (1 - 2 * MARGIN) * u);
      }
      starts.add(start);
    }
    return starts;
  }

  private static double coordinate(long[] directions, int point, long seed, int dimension) {
    long sum = seed == 0 ? 0 : Threefry.block(seed, 0x536F626F, 0, dimension)[0];
    for (int b = 0; b < DIGITS; b++) {
      if ((point >> b & 1) != 0) {
        sum ^= directions[b];
      }
    }
    return ((sum >>> 12) + 0.5) * 0x1p-52;
  }

  /** Evenly over the range, over its logarithm where the bounds are of different size. */
  private static double between(CalibrationParameter p, double share) {
    boolean wide = p.lower() > 0 && p.upper() > 100 * p.lower();
    double value =
        wide
            ? p.lower() * StrictMath.pow(p.upper() / p.lower(), share)
            : p.lower() + share * (p.upper() - p.lower());
    return p.transform().coordinate(value, p.lower(), p.upper());
  }
}
