package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.model.analytic.MertonAnalytic;
import io.pathwise.payoff.BarrierType;
import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.table.WarehouseLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Statistical bounds are five standard errors: a false alarm once in 1.7 million seeds. */
@ExtendWith(SharedSpark.class)
class SparkJobRunnerTest {
  private static final BlackScholes MARKET = new BlackScholes(100, 0.03, 0.01, 0.2);

  /** Where w is above the limit, x is NaN a step later. */
  private static final String FRAGILE =
      """
      job = simulate
      model {
        type = formula
        calculus = ito
        noise = diagonal
        parameters { limit = 2.0 }
        states { w = 0, x = 0 }
        drift { w = "0", x = "sqrt(limit - w)" }
        diffusion { w = "1", x = "0" }
      }
      simulation { paths = 20000, seed = 3, horizon = 3, steps = 3, times = [3], scheme = euler }
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

  @Test
  void pricesCarryTheirStandardErrorAndLieAroundTheClosedForm() {
    RunOutcome outcome = fixture.run("prices", RunFixture.BLACK_SCHOLES);
    assertThat(outcome.error()).isEmpty();
    assertThat(outcome.tables())
        .containsExactly("runs", "npv", "sensitivity", "convergence", "shard_lineage");
    double call = MARKET.european(EuropeanOption.call(105), 1).price();
    assertThat(value("npv", "pv", "prices", "trade_id = 'call'"))
        .isCloseTo(call, within(5 * value("npv", "std_err", "prices", "trade_id = 'call'")));
    double put = MARKET.european(EuropeanOption.put(95), 0.5).price();
    assertThat(value("npv", "pv", "prices", "trade_id = 'short'"))
        .as("a short position of three")
        .isCloseTo(-3 * put, within(5 * value("npv", "std_err", "prices", "trade_id = 'short'")));
    double asian = MARKET.geometricAsian(EuropeanOption.call(100), 4, 1).price();
    assertThat(value("npv", "pv", "prices", "trade_id = 'asian'"))
        .isCloseTo(asian, within(5 * value("npv", "std_err", "prices", "trade_id = 'asian'")));
    assertThat(fixture.rows("select paths, scheme, steps from npv where run_id = 'prices' limit 1"))
        .containsExactly(List.of(40000L, "exact", 8));
  }

  @Test
  void jumpsAndContinuousBarriersLieAroundTheirClosedForms() {
    RunOutcome outcome =
        fixture.run(
            "jumps",
            """
            job = price
            model {
              type = formula, calculus = ito, noise = additive
              parameters { r = 0.03, sigma = 0.15, lambda = 0.8, mu = -0.15, delta = 0.1 }
              states { S = 100, x = 0 }
              drift {
                S = 0
                x = "r - sigma^2/2 - lambda*(exp(mu + delta^2/2) - 1)"
              }
              diffusion { S = 0, x = "sigma" }
              jumps { crash { intensity = "lambda", marks = normal, mean = "mu", std = "delta"
                              amplitude { x = "J", S = 0 } } }
            }
            simulation { paths = 1000, steps-per-year = 4 }
            trades = [ { id = f, type = forward, strike = 100, expiry = 1 } ]
            """);
    assertThat(outcome.error()).isEmpty();
    fixture.run(
        "barrier",
        """
        job = price
        model { type = black-scholes, parameters { spot = 100, r = 0.03, q = 0.01, sigma = 0.2 } }
        simulation { paths = 40000, steps-per-year = 8, seed = 5 }
        trades = [
          { id = b, type = barrier, option = call, strike = 100, expiry = 1, kind = down-out
            barrier = 90, monitoring = continuous }
          { id = z, type = zero-coupon, expiry = 2, quantity = 100 } ]
        sensitivities = [delta]
        """);
    double exact = MARKET.barrier(BarrierType.DOWN_OUT, EuropeanOption.call(100), 90, 1);
    assertThat(value("npv", "pv", "barrier", "trade_id = 'b'"))
        .isCloseTo(exact, within(5 * value("npv", "std_err", "barrier", "trade_id = 'b'")));
    assertThat(value("npv", "pv", "barrier", "trade_id = 'z'"))
        .isCloseTo(100 * Math.exp(-0.06), within(1e-10));
    fixture.run(
        "merton",
        """
        job = price
        model {
          type = merton
          parameters { spot = 100, r = 0.03, q = 0.01, sigma = 0.15, lambda = 0.8, mu-j = -0.15
                       sigma-j = 0.1 }
        }
        simulation { paths = 40000, steps-per-year = 1, scheme = exact }
        trades = [ { id = c, type = european, option = call, strike = 100, expiry = 1 } ]
        sensitivities = [delta, sigma, sigma-j]
        """);
    double merton =
        new MertonAnalytic(0.15, 0.8, -0.15, 0.1)
            .price(EuropeanOption.call(100), MARKET.forward(1), Math.exp(-0.03), 1);
    assertThat(value("npv", "pv", "merton", "trade_id = 'c'"))
        .isCloseTo(merton, within(5 * value("npv", "std_err", "merton", "trade_id = 'c'")));
    fixture.run(
        "sabr",
        """
        job = price
        model { type = sabr, parameters { f0 = 0.03, alpha = 0.05, beta = 0.5, nu = 0.4, rho = -0.3 } }
        simulation { paths = 20000, steps-per-year = 20 }
        trades = [ { id = f, type = forward, strike = 0.03, expiry = 1 } ]
        sensitivities = [delta]
        """);
    assertThat(value("npv", "pv", "sabr", "trade_id = 'f'"))
        .isCloseTo(0, within(5 * value("npv", "std_err", "sabr", "trade_id = 'f'")));
    assertThat(value("sensitivity", "value", "sabr", "measure = 'delta'"))
        .isCloseTo(1, within(5 * value("sensitivity", "std_err", "sabr", "measure = 'delta'")));
  }

  @Test
  void impliedVolatilitiesStandBesideTheMarkets() {
    fixture.run("implied", RunFixture.BLACK_SCHOLES);
    assertThat(value("npv", "implied_vol", "implied", "trade_id = 'call'"))
        .isCloseTo(0.2, within(0.005));
    assertThat(value("npv", "market_implied_vol", "implied", "trade_id = 'call'")).isEqualTo(0.25);
    assertThat(
            fixture.number(
                "select count(*) from npv where run_id = 'implied' and implied_vol is null"))
        .as("asians and forwards have none")
        .isEqualTo(2);
  }

  @Test
  void sensitivitiesAreAdjointDerivativesTimesTheQuantity() {
    fixture.run("greeks", RunFixture.BLACK_SCHOLES);
    var put = MARKET.european(EuropeanOption.put(95), 0.5);
    String delta = "trade_id = 'short' and measure = 'delta' and factor = 'spot'";
    assertThat(value("sensitivity", "value", "greeks", delta))
        .isCloseTo(-3 * put.delta(), within(5 * value("sensitivity", "std_err", "greeks", delta)));
    String vega = "trade_id = 'short' and measure = 'd_param' and factor = 'sigma'";
    assertThat(value("sensitivity", "value", "greeks", vega))
        .isCloseTo(-3 * put.vega(), within(5 * value("sensitivity", "std_err", "greeks", vega)));
    assertThat(
            fixture.rows(
                "select distinct unit, method from sensitivity where run_id = 'greeks'"
                    + " and measure = 'd_param'"))
        .containsExactly(List.of("price per unit of sigma", "adjoint"));
  }

  @Test
  void convergenceShowsASixteenthAQuarterAllOfThePathsAndTwiceTheStep() {
    fixture.run("convergence", RunFixture.BLACK_SCHOLES.replace("paths = 40000", "paths = 65536"));
    List<List<Object>> rows =
        fixture.rows(
            "select paths, round(dt, 6), value, std_err from convergence"
                + " where run_id = 'convergence' and estimator = 'npv/call' order by dt, paths");
    assertThat(rows.stream().map(row -> row.subList(0, 2)))
        .containsExactly(
            List.of(4096L, 0.125),
            List.of(16384L, 0.125),
            List.of(65536L, 0.125),
            List.of(4096L, 0.25),
            List.of(16384L, 0.25),
            List.of(65536L, 0.25));
    assertThat((double) rows.get(2).get(2))
        .isEqualTo(value("npv", "pv", "convergence", "trade_id = 'call'"));
    assertThat((double) rows.get(5).get(2))
        .as("on log S the step has no bias and the noise is the same")
        .isCloseTo((double) rows.get(2).get(2), within(1e-9));
    assertThat((double) rows.get(0).get(3) / (double) rows.get(2).get(3))
        .as("a sixteenth of the paths, four times the error")
        .isBetween(3.6, 4.4);
  }

  @Test
  void aFormulaModelIsSummarisedAtTheAskedTimes() {
    RunOutcome outcome = fixture.run("ecology", RunFixture.PREDATOR_PREY);
    assertThat(outcome.tables())
        .containsExactly("runs", "convergence", "path_summary", "shard_lineage");
    List<List<Object>> rows =
        fixture.rows(
            "select state, t, mean, q05, q50, q95 from path_summary where run_id = 'ecology'"
                + " order by state, t");
    assertThat(rows)
        .extracting(row -> row.get(0) + "@" + row.get(1))
        .containsExactly("hare@1.0", "hare@3.0", "lynx@1.0", "lynx@3.0");
    for (List<Object> row : rows) {
      assertThat((double) row.get(3)).isPositive().isLessThan((double) row.get(4));
      assertThat((double) row.get(4)).isLessThan((double) row.get(5));
      assertThat((double) row.get(2)).isBetween((double) row.get(3), (double) row.get(5));
    }
    assertThat(outcome.summary().columns()).contains("state", "t", "mean");
    assertThat(outcome.summary().rows()).hasSize(4);
  }

  /** d(discounted forward)/dS(0) = exp(-r T) under any drift r S. */
  @Test
  void deltaOfAFormulaModelIsTheDerivativeInItsInitialPrice() {
    fixture.run(
        "formula-delta",
        """
        job = price
        model {
          type = formula, calculus = ito, noise = diagonal
          parameters { r = 0.05, s = 0.2 }
          states { S = 100 }, drift { S = "r*S" }, diffusion { S = "s*S" }
        }
        simulation { paths = 20000, seed = 1, steps = 4 }
        trades = [ { id = f, type = forward, strike = 100, expiry = 1 } ]
        sensitivities = [delta]
        """);
    double expected = Math.pow(1 + 0.05 / 4, 4) * Math.exp(-0.05);
    assertThat(value("sensitivity", "value", "formula-delta", "factor = 'spot'"))
        .isCloseTo(
            expected,
            within(5 * value("sensitivity", "std_err", "formula-delta", "factor = 'spot'")));
  }

  @Test
  void aRunThatIsRepeatedReplacesItsRows() {
    fixture.run("again", RunFixture.BLACK_SCHOLES);
    fixture.run("again", RunFixture.BLACK_SCHOLES.replace("sensitivities = [delta, sigma]", ""));
    assertThat(fixture.number("select count(*) from npv where run_id = 'again'")).isEqualTo(4);
    assertThat(fixture.number("select count(*) from runs where run_id = 'again'")).isEqualTo(1);
    assertThat(fixture.number("select count(*) from sensitivity where run_id = 'again'")).isZero();
  }

  @Test
  void theRunsRowSaysWhatRan() {
    fixture.run(
        "described",
        fixture.load(RunFixture.BLACK_SCHOLES, Map.of("simulation.backend", "cpu")),
        Progress.none());
    List<Object> row =
        fixture
            .rows(
                "select job, status, seed, paths, shards, backend, spark_master, path_steps, error,"
                    + " portfolio, as_of from runs where run_id = 'described'")
            .get(0);
    // Eight steps and their companion's: the put is read at the fourth, so four of eight remain.
    assertThat(row)
        .containsExactly(
            "price",
            "DONE",
            42L,
            40000L,
            10,
            "cpu",
            SharedSpark.MASTER,
            40000L * 12,
            null,
            "desk",
            RunFixture.AS_OF.toString());
    assertThat(fixture.rows("select config from runs where run_id = 'described'").get(0).toString())
        .contains("black-scholes");
  }

  @Test
  void aPathThatIsNotFiniteFailsTheRunAndIsRecorded() {
    RunOutcome outcome = fixture.run("nan", FRAGILE);
    assertThat(outcome.error().orElseThrow())
        .matches(
            "path \\d+: state x is NaN at t = [23].0 \\(step [23] of 3\\);"
                + " parameters \\{limit=2.0\\}");
    assertThat(outcome.tables()).containsExactly("runs");
    assertThat(fixture.rows("select status, error from runs where run_id = 'nan'"))
        .containsExactly(List.of("FAILED", outcome.error().orElseThrow()));
    assertThat(fixture.number("select count(*) from path_summary where run_id = 'nan'")).isZero();
  }

  @Test
  void aFailureLeavesNoRowsOfAnEarlierSuccess() {
    fixture.run("turned", FRAGILE.replace("limit = 2.0", "limit = 100"));
    assertThat(fixture.number("select count(*) from path_summary where run_id = 'turned'"))
        .isEqualTo(2);
    fixture.run("turned", FRAGILE);
    assertThat(fixture.number("select count(*) from path_summary where run_id = 'turned'"))
        .isZero();
  }

  @Test
  void droppedPathsAreCounted() {
    RunOutcome outcome =
        fixture.run("dropped", FRAGILE.replace("seed = 3,", "seed = 3, on-nan = drop,"));
    assertThat(outcome.error()).isEmpty();
    double used =
        fixture.number("select max(paths) from convergence where run_id = 'dropped' and dt = 1");
    assertThat(used).isLessThan(20000).isGreaterThan(17000);
    assertThat(outcome.notes())
        .containsExactly(
            "%d of 20000 paths became NaN or infinite and are not in the results (on-nan = drop)"
                .formatted(20000 - (long) used));
  }

  @Test
  void aWarehouseThatCannotBeWrittenIsRefusedBeforeAnythingRuns(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    var job =
        fixture.load(
            RunFixture.BLACK_SCHOLES, Map.of("pathwise.warehouse", file.resolve("wh").toString()));
    assertThatThrownBy(() -> fixture.run("never", job, Progress.none()))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("pathwise.warehouse = '" + file.resolve("wh"))
        .hasMessageContaining("expected");
  }

  @Test
  void aGpuThatIsNotThereIsRefused() {
    var job =
        fixture.load(
            RunFixture.BLACK_SCHOLES, Map.of("simulation.backend", "gpu", "gpu.device", "Abacus"));
    assertThatThrownBy(() -> fixture.run("never", job, Progress.none()))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("simulation.backend = gpu: gpu.device = Abacus: no such device");
    assertThat(fixture.number("select count(*) from runs where run_id = 'never'")).isZero();
  }

  @Test
  void progressAddsUpToThePathsOfTheRun() {
    AtomicLong total = new AtomicLong();
    AtomicLong done = new AtomicLong();
    AtomicLong steps = new AtomicLong();
    fixture.run(
        "progress",
        fixture.load(RunFixture.BLACK_SCHOLES, Map.of("simulation.paths", "50001")),
        new Progress() {
          @Override
          public void begin(long totalPaths) {
            total.set(totalPaths);
          }

          @Override
          public void advance(long paths, long pathSteps) {
            done.addAndGet(paths);
            steps.addAndGet(pathSteps);
          }

          @Override
          public void note(String text) {}

          @Override
          public void close() {}
        });
    assertThat(total).hasValue(50001);
    assertThat(done).hasValue(50001);
    assertThat(steps).hasValue(50001 * 12);
  }
}
