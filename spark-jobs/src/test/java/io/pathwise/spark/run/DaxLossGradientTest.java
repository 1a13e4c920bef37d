package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.DeviceRequest;
import io.pathwise.solve.Estimates;
import io.pathwise.solve.PlanRunner;
import io.pathwise.solve.Shard;
import io.pathwise.solve.Tally;
import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.TradeSpec;
import io.pathwise.spark.table.WarehouseLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sum of squared pricing errors of the 104 DAX options under Heston, which a calibration
 * minimises, and its gradient, from paths that Spark's tasks share.
 */
@ExtendWith(SharedSpark.class)
class DaxLossGradientTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "dax-heston", "job.conf");
  private static final List<String> PARAMETERS =
      List.of("spot", "v0", "kappa", "theta", "xi", "rho");
  private static final int SHARDS = 9;
  private static final int SHARD_SIZE = 512;

  @TempDir private Path folder;
  private SparkSession spark;
  private RunFixture fixture;

  @BeforeEach
  void start(SparkSession session, WarehouseLocation warehouse) {
    spark = session;
    fixture = new RunFixture(folder, session, warehouse);
  }

  private JobSpec job(Map<String, Double> parameters) {
    Map<String, String> overrides = new HashMap<>();
    overrides.put("simulation.paths", Integer.toString(SHARDS * SHARD_SIZE - 100));
    overrides.put("simulation.shard-size", Integer.toString(SHARD_SIZE));
    overrides.put("simulation.steps-per-year", "24");
    parameters.forEach(
        (name, value) -> overrides.put("model.parameters." + name, value.toString()));
    return fixture.load(EXAMPLE, overrides);
  }

  private Tally onSpark(JobPlan plan, int partitions) {
    ShardWork work = ShardWork.of(plan, "cpu");
    return new ShardedRun(spark.sparkContext(), work, Optional.empty(), OptionalInt.of(partitions))
        .run(Start.fresh(work), Progress.none());
  }

  /** Loss and gradient. */
  private record Loss(double value, double[] gradient) {

    static Loss of(JobPlan plan, Tally tally) {
      Estimates estimates = new Estimates(plan.plan().fine(), tally.fine());
      double value = 0;
      double[] gradient = new double[PARAMETERS.size()];
      for (int k = 0; k < plan.job().trades().size(); k++) {
        double error = estimates.value(k).mean() - market(plan, plan.job().trades().get(k));
        value += error * error;
        for (int p = 0; p < gradient.length; p++) {
          int number = plan.plan().fine().program().gradient().indexOf(PARAMETERS.get(p));
          gradient[p] += 2 * error * estimates.derivative(k, number).mean();
        }
      }
      return new Loss(value, gradient);
    }

    /** What the option costs in the market, whatever the parameters. */
    private static double market(JobPlan plan, TradeSpec trade) {
      double rate = -Math.log(plan.discount(trade.expiry())) / trade.expiry();
      return new BlackScholes(4468.17, rate, 0, trade.marketImpliedVol().orElseThrow())
          .european(EuropeanOption.call(trade.strike()), trade.expiry())
          .price();
    }
  }

  @Test
  void theGradientOfTheLossIsThatOfDifferencesWithTheSameSeed() {
    JobPlan plan = JobPlan.of(job(Map.of()));
    assertThat(plan.job().trades()).hasSize(104);
    double[] gradient = Loss.of(plan, onSpark(plan, 2)).gradient();
    for (int p = 0; p < PARAMETERS.size(); p++) {
      String name = PARAMETERS.get(p);
      double at = plan.job().model().parameters().get(name);
      // So small that hardly a path passes a strike or the truncation in between.
      double bump = 1e-7 * Math.abs(at);
      double up = loss(name, at + bump);
      double down = loss(name, at - bump);
      double difference = (up - down) / (2 * bump);
      assertThat(gradient[p]).as(name).isCloseTo(difference, within(1e-4 * Math.abs(difference)));
    }
  }

  private double loss(String parameter, double value) {
    JobPlan plan = JobPlan.of(job(Map.of(parameter, value)));
    return Loss.of(plan, onSpark(plan, 2)).value();
  }

  @Test
  void partitionsAndTheOrderOfMergingDoNotReachTheBitsOfTheGradient() {
    JobPlan plan = JobPlan.of(job(Map.of()));
    byte[] one = TaskResult.bytes(onSpark(plan, 1));
    for (int partitions : new int[] {3, 7}) {
      assertThat(TaskResult.bytes(onSpark(plan, partitions)))
          .as("%d partitions", partitions)
          .isEqualTo(one);
    }
    PlanRunner runner = new PlanRunner(plan.plan(), new CpuExecutor(), DeviceRequest.ANY);
    List<Integer> order = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      order.add(shard);
    }
    for (int seed = 0; seed < 3; seed++) {
      Collections.shuffle(order, new Random(seed));
      Tally all = new Tally(plan.plan(), SHARDS);
      for (int shard : order) {
        Tally alone = new Tally(plan.plan(), SHARDS);
        runner.run(List.of(Shard.of(shard, plan.job().simulation().samples(), SHARD_SIZE)), alone);
        all.merge(alone);
      }
      assertThat(TaskResult.bytes(all)).as("order %s", order).isEqualTo(one);
      assertThat(Loss.of(plan, all).gradient())
          .containsExactly(Loss.of(plan, onSpark(plan, 2)).gradient());
    }
  }
}
