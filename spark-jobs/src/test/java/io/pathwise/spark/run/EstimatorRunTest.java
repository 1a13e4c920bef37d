package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.table.WarehouseLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Statistical bounds are five standard errors: a false alarm once in 1.7 million seeds. */
@ExtendWith(SharedSpark.class)
class EstimatorRunTest {
  private static final BlackScholes MARKET = new BlackScholes(100, 0.03, 0.01, 0.2);

  /** The price itself as the state, where a step has an error. */
  private static final String GBM =
      """
      job = price
      model {
        type = formula, calculus = ito, noise = diagonal
        parameters { r = 0.03, q = 0.01, s = 0.2 }
        states { S = 100 }, drift { S = "(r - q)*S" }, diffusion { S = "s*S" }
      }
      simulation {
        seed = 5, steps = 2, scheme = milstein
        estimator { method = multilevel, rmse = 0.05, pilot-paths = 2048 }
      }
      trades = [
        { id = call, type = european, option = call, strike = 105, expiry = 1.0 }
        { id = short, type = european, option = put, strike = 95, expiry = 0.5, quantity = -3 }
      ]
      sensitivities = [delta]
      """;

  private RunFixture fixture;

  @BeforeEach
  void prepare(@TempDir Path folder, SparkSession spark, WarehouseLocation warehouse) {
    fixture = new RunFixture(folder, spark, warehouse);
  }

  private double value(String table, String column, String runId, String where) {
    return fixture.number(
        "select %s from %s where run_id = '%s' and %s".formatted(column, table, runId, where));
  }

  private RunOutcome run(String id, Map<String, String> settings) {
    return fixture.run(id, fixture.load(RunFixture.BLACK_SCHOLES, settings), Progress.none());
  }

  private void assertPrices(String run) {
    double call = MARKET.european(EuropeanOption.call(105), 1).price();
    assertThat(value("npv", "pv", run, "trade_id = 'call'"))
        .isCloseTo(call, within(5 * value("npv", "std_err", run, "trade_id = 'call'")));
    double put = MARKET.european(EuropeanOption.put(95), 0.5).price();
    assertThat(value("npv", "pv", run, "trade_id = 'short'"))
        .isCloseTo(-3 * put, within(5 * value("npv", "std_err", run, "trade_id = 'short'")));
    String delta = "trade_id = 'call' and measure = 'delta'";
    assertThat(value("sensitivity", "value", run, delta))
        .isCloseTo(
            MARKET.european(EuropeanOption.call(105), 1).delta(),
            within(5 * value("sensitivity", "std_err", run, delta)));
  }

  @Test
  void antitheticPairsCountBothMembersAndHaveSmallerErrors() {
    run("plain", Map.of());
    run("antithetic", Map.of("simulation.estimator.method", "antithetic"));
    assertPrices("antithetic");
    assertThat(fixture.rows("select distinct paths from npv where run_id = 'antithetic'"))
        .containsExactly(List.of(40000L));
    assertThat(value("runs", "paths", "antithetic", "true")).isEqualTo(40_000);
    assertThat(value("runs", "shards", "antithetic", "true")).isEqualTo(5);
    assertThat(value("npv", "std_err", "antithetic", "trade_id = 'call'"))
        .isLessThan(value("npv", "std_err", "plain", "trade_id = 'call'"));
  }

  @Test
  void controlVariatesSayHowMuchTheyCut() {
    RunOutcome outcome = run("controlled", Map.of("simulation.estimator.control", "auto"));
    assertPrices("controlled");
    assertThat(outcome.notes()).hasSize(2);
    assertThat(outcome.notes().get(1)).startsWith("gradient.method = ");
    assertThat(outcome.notes().get(0))
        .matches(
            "the variance of a sample is cut \\(pilot of 8192 paths\\) by: call [\\d.]+,"
                + " short [\\d.]+, asian [\\d.]+");
  }

  @Test
  void importanceSamplingFindsADriftForATrade() {
    RunOutcome outcome =
        run(
            "importance",
            Map.of(
                "simulation.estimator.method", "importance", "simulation.estimator.for", "call"));
    assertPrices("importance");
    assertThat(outcome.notes().get(0)).startsWith("importance sampling with the drift theta = [");
  }

  @Test
  void multilevelMeetsItsErrorAndShowsItsLevels() {
    RunOutcome outcome = fixture.run("levels", GBM);
    assertThat(outcome.error()).isEmpty();
    double call = MARKET.european(EuropeanOption.call(105), 1).price();
    assertThat(value("npv", "pv", "levels", "trade_id = 'call'")).isCloseTo(call, within(0.25));
    double put = MARKET.european(EuropeanOption.put(95), 0.5).price();
    assertThat(value("npv", "pv", "levels", "trade_id = 'short'"))
        .isCloseTo(-3 * put, within(0.75));
    assertThat(value("sensitivity", "value", "levels", "trade_id = 'call'"))
        .isCloseTo(MARKET.european(EuropeanOption.call(105), 1).delta(), within(0.02));
    assertThat(value("convergence", "sum(value)", "levels", "estimator = 'mlmc/call'"))
        .isCloseTo(value("npv", "pv", "levels", "trade_id = 'call'"), within(1e-9));
    assertThat(value("convergence", "value", "levels", "estimator = 'mlmc-beta/call'"))
        .isBetween(1.4, 2.6);
    assertThat(value("convergence", "max(value)", "levels", "estimator = 'mlmc-consistency/call'"))
        .isLessThan(1);
    assertThat(value("convergence", "count(*)", "levels", "estimator = 'npv/call'")).isEqualTo(1);
    assertThat(value("runs", "paths", "levels", "true"))
        .isEqualTo(value("npv", "paths", "levels", "trade_id = 'call'"));
    assertThat(value("runs", "path_steps", "levels", "true")).isGreaterThan(2048 * 2);
    assertThat(outcome.notes()).hasSize(3);
    assertThat(outcome.notes().get(0))
        .isEqualTo("gradient.method = stored: levels of multilevel keep their states");
    assertThat(outcome.notes().subList(1, 3)).allMatch(note -> note.contains("levels, alpha "));
  }

  @Test
  void multilevelWithoutEnoughLevelsFailsAndSaysWhy() {
    RunOutcome outcome =
        fixture.run(
            "biased",
            fixture.load(
                GBM,
                Map.of(
                    "simulation.scheme", "euler",
                    "simulation.estimator.rmse", "0.01",
                    "simulation.estimator.most-level", "2")),
            Progress.none());
    assertThat(outcome.error().orElseThrow())
        .contains("multilevel: the bias on level 2 is still above half of rmse = 0.01: call ");
  }

  private static byte[] bytes(SparkSession spark, JobSpec job, int partitions) {
    ShardWork work = ShardWork.of(JobPlan.of(job), "cpu");
    ShardedRun run =
        new ShardedRun(spark.sparkContext(), work, Optional.empty(), OptionalInt.of(partitions));
    return TaskResult.bytes(run.run(Start.fresh(work), Progress.none()));
  }

  @Test
  void thePartitionsDoNotReachTheBits(SparkSession spark) {
    for (Map<String, String> settings :
        List.of(
            Map.of("simulation.estimator.method", "antithetic"),
            Map.of("simulation.estimator.control", "auto"),
            Map.of(
                "simulation.estimator.method",
                "importance",
                "simulation.estimator.for",
                "asian"))) {
      JobSpec job =
          fixture.load(
              RunFixture.BLACK_SCHOLES.replace("paths = 40000", "paths = 40000, shard-size = 512"),
              settings);
      assertThat(bytes(spark, job, 7)).as("%s", settings).isEqualTo(bytes(spark, job, 1));
    }
  }
}
