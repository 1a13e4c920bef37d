package io.pathwise.spark.job;

import com.typesafe.config.ConfigValue;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.Precision;
import io.pathwise.noise.NoiseSource;
import io.pathwise.sde.Calculus;
import io.pathwise.solve.OnNan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads how a job simulates. */
final class SimulationReader {
  /** The most paths: beyond it, numbers of paths are not exact in double. */
  static final long MOST_PATHS = 1L << 53;

  /** The most steps from 0 to the horizon. */
  static final int MOST_STEPS = 10_000_000;

  private static final int LARGEST_SHARD = 1 << 24;
  private static final Range YEARS = new Range(0, true, 1000, "years");

  private final Section section;
  private final Optional<JobKind> kind;
  private final List<TradeSpec> trades;
  private final Optional<ModelSpec> model;

  private SimulationReader(
      Section section, Optional<JobKind> kind, List<TradeSpec> trades, Optional<ModelSpec> model) {
    this.section = section;
    this.kind = kind;
    this.trades = trades;
    this.model = model;
  }

  /**
   * The settings; nothing where there is no sound section. Wrong settings have problems already.
   */
  static Optional<SimulationSpec> read(
      Section job, Optional<JobKind> kind, List<TradeSpec> trades, Optional<ModelSpec> model) {
    return job.section("simulation", "{ paths = ..., ... }")
        .map(section -> new SimulationReader(section, kind, trades, model).simulation());
  }

  private SimulationSpec simulation() {
    long paths = section.requiredWhole("paths", 1, MOST_PATHS);
    long seed = section.requiredWhole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    double horizon = horizon();
    Stepping stepping = stepping(horizon);
    Precision precision = section.requiredChoice("precision", Precision.class);
    NoiseSource sampling = SamplingReader.read(section);
    SchemeReader schemes = new SchemeReader(section, kind, model);
    Optional<Calculus> calculus = schemes.calculus();
    SimulationSpec simulation =
        new SimulationSpec(
            paths,
            seed,
            horizon,
            stepping,
            schemes.scheme(calculus),
            calculus,
            times(section.number("horizon", YEARS).orElse(horizon)),
            section.requiredChoice("backend", Backend.class),
            precision,
            SamplingReader.shardSize(section, sampling, paths, precision, shardSize()),
            BoundaryReader.read(section, model),
            StepControlReader.read(section, horizon / stepping.count(horizon)),
            section.requiredChoice("on-nan", OnNan.class),
            sampling,
            EstimatorSpec.read(section, trades));
    section.finish("key");
    return simulation;
  }

  /** The end in years: to price, the last expiry. NaN where it is not known. */
  private double horizon() {
    OptionalDouble given = section.number("horizon", YEARS);
    if (kind.isEmpty()) {
      return given.orElse(Double.NaN);
    }
    if (kind.get() == JobKind.SIMULATE) {
      if (!section.has("horizon")) {
        section.missing("horizon", YEARS.expected());
      }
      return given.orElse(Double.NaN);
    }
    double last = trades.stream().mapToDouble(TradeSpec::expiry).max().orElse(Double.NaN);
    if (given.isPresent() && given.getAsDouble() < last) {
      List<String> beyond =
          trades.stream()
              .filter(trade -> trade.expiry() > given.getAsDouble())
              .map(TradeSpec::id)
              .toList();
      section.complain("horizon", "trades " + beyond + " expire later, expected at least " + last);
    }
    return last;
  }

  private Stepping stepping(double horizon) {
    String total = "steps";
    String yearly = "steps-per-year";
    int steps = (int) section.whole(total, 1, MOST_STEPS).orElse(1);
    int perYear = (int) section.whole(yearly, 1, MOST_STEPS).orElse(1);
    if (section.has(total) && section.has(yearly)) {
      ConfigValue other = section.value(yearly).orElseThrow();
      section.complain(
          total,
          "given with " + yearly + " = " + other.unwrapped() + ", expected only one of them");
    }
    if (!section.has(total) && !section.has(yearly)) {
      section.missing(total, "a whole number of at least 1, or steps-per-year");
    }
    Stepping stepping =
        section.has(total) ? new Stepping.Total(steps) : new Stepping.PerYear(perYear);
    if (section.has(yearly) && !Double.isNaN(horizon) && stepping.count(horizon) > MOST_STEPS) {
      section.complain(
          yearly,
          stepping.count(horizon) + " steps to the horizon, expected at most " + MOST_STEPS);
    }
    return stepping;
  }

  /** The times; without any, a simulation summarises the states at the end. */
  private List<Double> times(double horizon) {
    int before = section.problems().count();
    List<Double> times = section.numbers("times", YEARS);
    if (section.problems().count() > before) {
      return times;
    }
    for (int i = 1; i < times.size(); i++) {
      if (times.get(i) <= times.get(i - 1)) {
        section.complain(
            "times", times.get(i) + " follows " + times.get(i - 1) + ", expected increasing times");
        return times;
      }
    }
    if (!times.isEmpty() && times.get(times.size() - 1) > horizon) {
      section.complain(
          "times",
          times.get(times.size() - 1)
              + " is beyond the horizon, expected times of at most "
              + Range.plain(horizon));
    }
    boolean atEnd = times.isEmpty() && !Double.isNaN(horizon);
    return atEnd && kind.equals(Optional.of(JobKind.SIMULATE)) ? List.of(horizon) : times;
  }

  private int shardSize() {
    long size = section.requiredWhole("shard-size", 1, LARGEST_SHARD);
    if (section.whole("shard-size", 1, LARGEST_SHARD).isPresent() && size % Lanes.WIDTH != 0) {
      section.complain("shard-size", "expected a multiple of " + Lanes.WIDTH);
    }
    return (int) size;
  }
}
