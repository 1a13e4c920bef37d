package io.pathwise.spark.calibrate;

import io.pathwise.calibrate.Bootstrap;
import io.pathwise.calibrate.Calibration;
import io.pathwise.calibrate.optimise.StateCodec;
import io.pathwise.spark.job.CalibrationSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Intervals of fitted parameters besides standard errors, as tasks of Spark's: a profile a
 * parameter, a refit a resample. They are numbered, so the numbers do not depend on how many tasks
 * there are.
 */
final class IntervalRun {
  /** What the metrics of profiles begin with; the parameter's name follows. */
  static final String PROFILE = "profile/";

  /** What the metrics of resamples begin with; the parameter's name follows. */
  static final String BOOTSTRAP = "bootstrap/";

  private static final int TASKS_A_CORE = 4;

  private final JavaSparkContext spark;
  private final CalibrationSpec.Intervals asked;
  private final IntervalTask task;
  private final List<String> free;
  private final int winner;
  private final List<FitRows.Course> rows = new ArrayList<>();

  IntervalRun(
      JavaSparkContext spark, CalibrationSpec spec, byte[] input, Calibration fit, int winner) {
    this.spark = spark;
    this.asked = spec.intervals();
    this.free = spec.space().freeNames();
    this.winner = winner;
    this.task =
        new IntervalTask(
            input,
            StateCodec.write(fit.state()),
            spec.search().optimiser().name(),
            spec.search().iterations(),
            asked.level(),
            asked.seed());
  }

  /** Rows of {@code training}, of the epoch of the start that won; adds what they say in words. */
  List<FitRows.Course> rows(List<String> notes) {
    if (!asked.profile().isEmpty()) {
      profiles(notes);
    }
    if (asked.bootstrap() > 0) {
      resamples(notes);
    }
    return rows;
  }

  private List<double[]> map(long[] numbers, int tasks, Function<long[], double[]> work) {
    List<long[]> list = LongStream.of(numbers).mapToObj(n -> new long[] {n}).toList();
    return spark.parallelize(list, tasks).map(work).collect();
  }

  private void profiles(List<String> notes) {
    long[] numbers = asked.profile().stream().mapToLong(free::indexOf).toArray();
    List<double[]> found = map(numbers, numbers.length, task.profile());
    add(PROFILE + "level", asked.level());
    for (int i = 0; i < numbers.length; i++) {
      String name = asked.profile().get(i);
      double[] ends = found.get(i);
      if (ends.length == 0) {
        notes.add("the profile of " + name + " could not be computed");
        continue;
      }
      add(PROFILE + name + (ends[2] == 0 ? "/lower" : "/lower_open"), ends[0]);
      add(PROFILE + name + (ends[3] == 0 ? "/upper" : "/upper_open"), ends[1]);
      notes.add(
          "%s: profile interval of %s from %s to %s"
              .formatted(
                  name, percent(), end(ends[0], ends[2], "below"), end(ends[1], ends[3], "above")));
    }
  }

  private static String end(double value, double open, String beyond) {
    String number = String.format(Locale.ROOT, "%.6g", value);
    return open == 0 ? number : beyond + " its bound " + number;
  }

  private String percent() {
    BigDecimal share = BigDecimal.valueOf(asked.level()).movePointRight(2);
    return share.stripTrailingZeros().toPlainString() + " %";
  }

  private void resamples(List<String> notes) {
    long[] numbers = LongStream.range(0, asked.bootstrap()).toArray();
    int most = TASKS_A_CORE * spark.defaultParallelism();
    List<double[]> fits = map(numbers, Math.min(numbers.length, most), task.resample());
    double[][] sound = fits.stream().filter(fit -> fit.length > 0).toArray(double[][]::new);
    add(BOOTSTRAP + "resamples", sound.length);
    if (sound.length < fits.size()) {
      notes.add(
          "%d of %d resamples could not be fitted"
              .formatted(fits.size() - sound.length, fits.size()));
    }
    if (sound.length < 2) {
      return;
    }
    Bootstrap bootstrap = new Bootstrap(free, sound);
    for (String name : free) {
      double[] interval = bootstrap.interval(name, asked.level());
      add(BOOTSTRAP + name + "/std_err", bootstrap.standardError(name));
      add(BOOTSTRAP + name + "/lower", interval[0]);
      add(BOOTSTRAP + name + "/upper", interval[1]);
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: bootstrap standard error %.4g, interval of %s from %.6g to %.6g",
              name,
              bootstrap.standardError(name),
              percent(),
              interval[0],
              interval[1]));
    }
  }

  private void add(String metric, double value) {
    rows.add(new FitRows.Course(winner, 0, metric, value));
  }
}
