package io.pathwise.spark.calibrate;

import io.pathwise.calibrate.CalibrationProblem;
import io.pathwise.spark.job.CalibrationSpec;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.api.java.function.Function;

/**
 * What a task does: one start of a fit with semi-analytic prices.
 *
 * @param input the bytes of a {@link FitInput}
 * @param search how the optimum is looked for
 * @param starts the points of all starts
 * @param files where states are stored; null for nowhere
 */
record StartTask(byte[] input, SearchSettings search, double[][] starts, StateFiles files)
    implements Serializable, Function<long[], byte[]> {

  @Override
  public byte[] call(long[] number) {
    return start((int) number[0]).encode();
  }

  private Started start(int number) {
    CalibrationProblem problem = FitInput.decode(input).analytic();
    CalibrationSpec.Search how = search.search();
    try {
      return Started.of(
          new StartRun(problem, how, Optional.ofNullable(files)).run(number, starts[number]));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Started.failed(e);
    }
  }
}
