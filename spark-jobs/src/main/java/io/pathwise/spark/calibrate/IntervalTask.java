package io.pathwise.spark.calibrate;

import io.pathwise.calibrate.Bootstrap;
import io.pathwise.calibrate.Calibration;
import io.pathwise.calibrate.ProfileInterval;
import io.pathwise.calibrate.optimise.Optimiser;
import io.pathwise.calibrate.optimise.StateCodec;
import io.pathwise.spark.job.Optimisers;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.api.java.function.Function;

/**
 * What a task does after a fit with semi-analytic prices: the profile of a parameter, or the fit of
 * a resample. An empty answer is one that could not be computed.
 *
 * @param input the bytes of a {@link FitInput}
 * @param state the bytes of the optimiser's state at the optimum
 * @param optimiser the name of that of the search
 * @param iterations the most that a refit may take
 * @param level the coverage of profiles
 * @param seed of resamples
 */
record IntervalTask(
    byte[] input, byte[] state, String optimiser, int iterations, double level, long seed)
    implements Serializable {

  /** The profile of a free parameter by its number: lower, upper, and 1 where each is open. */
  Function<long[], double[]> profile() {
    return number -> sound(() -> profile((int) number[0]));
  }

  /** The free parameters of a resample by its number. */
  Function<long[], double[]> resample() {
    return number -> sound(() -> resample((int) number[0]));
  }

  private interface Work {
    double[] run();
  }

  private static double[] sound(Work work) {
    try {
      double[] found = work.run();
      return Arrays.stream(found).allMatch(Double::isFinite) ? found : new double[0];
    } catch (IllegalArgumentException | ArithmeticException e) {
      return new double[0];
    }
  }

  private Calibration fit() {
    return Calibration.of(FitInput.decode(input).analytic(), StateCodec.read(state));
  }

  private Optimiser refitting() {
    return Optimisers.refitting(optimiser);
  }

  private double[] profile(int parameter) {
    Calibration fit = fit();
    String name = fit.problem().space().freeNames().get(parameter);
    ProfileInterval found = ProfileInterval.of(fit, name, level, refitting(), iterations);
    return new double[] {
      found.lower(), found.upper(), found.lowerOpen() ? 1 : 0, found.upperOpen() ? 1 : 0
    };
  }

  private double[] resample(int number) {
    return Bootstrap.replicate(fit(), number, seed, refitting(), iterations);
  }
}
