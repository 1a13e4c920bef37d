package io.pathwise.spark.run;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.Market;
import io.pathwise.calibrate.ModelPrices;
import io.pathwise.calibrate.Vanilla;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.spark.calibrate.CalibrationRun;
import io.pathwise.spark.job.CalibrationSpec;
import io.pathwise.spark.job.Declaration;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.ModelSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.SparkContext;

/**
 * Prices of quoted options by simulation, the paths of every evaluation spread over Spark, all of
 * them on the same noise. The plan is made once for prices and once for derivatives.
 */
final class SimulatedQuotes implements CalibrationRun.SimulatedPricer {
  private static final double BUMP = 1e-2;

  private final JobSpec job;
  private final SparkContext spark;
  private final String backend;
  private final long paths;
  private final long seed;
  private final Map<Asked, RepeatedRun> runs = new HashMap<>();

  SimulatedQuotes(JobSpec job, SparkContext spark, String backend, long paths, long seed) {
    this.job = job;
    this.spark = spark;
    this.backend = backend;
    this.paths = paths;
    this.seed = seed;
  }

  private record Asked(List<Vanilla> options, List<String> derivatives) {}

  @Override
  public String model() {
    return job.model().type();
  }

  @Override
  public List<String> parameters() {
    return job.calibration().orElseThrow().space().parameters().stream()
        .map(parameter -> parameter.name())
        .toList();
  }

  @Override
  public Market market() {
    return job.calibration().orElseThrow().market();
  }

  @Override
  public ModelPrices price(
      Map<String, Double> values, List<Vanilla> options, List<String> derivatives) {
    boolean bumped =
        job.calibration().orElseThrow().jacobian() == CalibrationSpec.Jacobian.DIFFERENCES;
    return bumped && !derivatives.isEmpty()
        ? differences(values, options, derivatives)
        : simulated(values, options, derivatives);
  }

  /** Central differences on the same noise, one-sided at a bound of the search. */
  private ModelPrices differences(
      Map<String, Double> values, List<Vanilla> options, List<String> derivatives) {
    ModelPrices here = simulated(values, options, List.of());
    double[][] slopes = new double[options.size()][derivatives.size()];
    for (CalibrationParameter parameter : job.calibration().orElseThrow().space().free()) {
      int d = derivatives.indexOf(parameter.name());
      double value = values.get(parameter.name());
      double bump =
          BUMP * Math.max(Math.abs(value), BUMP * (parameter.upper() - parameter.lower()));
      double up = Math.min(value + bump, parameter.upper());
      double down = Math.max(value - bump, parameter.lower());
      if (d < 0) {
        continue;
      }
      double[] above = simulated(moved(values, parameter, up), options, List.of()).prices();
      double[] below = simulated(moved(values, parameter, down), options, List.of()).prices();
      for (int i = 0; i < slopes.length; i++) {
        slopes[i][d] = (above[i] - below[i]) / (up - down);
      }
    }
    return new ModelPrices(here.prices(), slopes, here.standardErrors());
  }

  private static Map<String, Double> moved(
      Map<String, Double> values, CalibrationParameter parameter, double value) {
    Map<String, Double> moved = new HashMap<>(values);
    moved.put(parameter.name(), value);
    return moved;
  }

  private ModelPrices simulated(
      Map<String, Double> values, List<Vanilla> options, List<String> derivatives) {
    RepeatedRun run = runs.computeIfAbsent(new Asked(options, derivatives), this::run);
    Evaluation evaluation = run.evaluate(values, seed);
    double[] errors = new double[options.size()];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = evaluation.value(i).standardError();
    }
    double[][] slopes =
        derivatives.isEmpty() ? new double[options.size()][0] : evaluation.jacobian();
    return new ModelPrices(evaluation.means(), slopes, errors);
  }

  private RepeatedRun run(Asked asked) {
    Declaration declaration = job.declaration();
    Contracts contracts =
        new Contracts(
            declaration.spot().sde().observables().get(ModelSpec.PRICE),
            Discounting.curve(market()::discount));
    List<Claim> claims = new ArrayList<>();
    for (Vanilla option : asked.options()) {
      claims.add(
          contracts.european(
              "quote-" + claims.size(),
              option.option().type(),
              option.option().strike(),
              option.expiry()));
    }
    return RepeatedRun.of(
        spark,
        declaration
            .solver()
            .claims(claims)
            .gradient(asked.derivatives())
            .gradientMethod(method(asked))
            .gradientMemory(job.gradient().memory())
            .seed(seed)
            .parametric(paths),
        new RepeatedRun.Layout(job.simulation().shardSize(), OptionalInt.empty(), backend));
  }

  /** Forward mode unless told: its cost grows with the parameters and not with the quotes. */
  private GradientMethod method(Asked asked) {
    GradientMethod given = job.gradient().method();
    return given == GradientMethod.AUTO && !asked.derivatives().isEmpty()
        ? GradientMethod.TANGENT
        : given;
  }

  @Override
  public void close() {
    runs.values().forEach(RepeatedRun::close);
    runs.clear();
  }
}
