package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.Resume;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.table.Warehouse;
import io.pathwise.spark.table.WarehouseLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Series with a fixed seed, two of prices and one of a rate; bounds are 5 standard errors. */
@ExtendWith(SharedSpark.class)
class HistoryRunTest {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
  private static final int DAYS = 1000;
  private static final double STEP = 1.0 / 250;
  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1);

  private static final String PRICES =
      """
      job = calibrate
      model { type = correlated-gbm, assets = [A, B] }
      calibration.history {
        csv = closes.csv, date = date, observations-per-year = 250, window = 800
      }
      """;

  private static final String RATE =
      """
      job = calibrate
      model.type = %s
      calibration.history {
        csv = closes.csv, series = [rate], date = date, observations-per-year = 250
      }
      """;

  private static final String FORMULA =
      """
      model {
        calculus = ito, noise = diagonal
        states.x = 0.03
        drift.x = "kappa*(theta - x)"
        diffusion.x = "sigma"
      }
      calibration.free {
        kappa { start = 3, min = 0.1, max = 100 }
        theta { start = 0.03, min = 0.001, max = 0.2 }
        sigma { start = 0.02, min = 0.001, max = 0.2 }
      }
      calibration.likelihood = exact
      """;

  @TempDir private Path folder;
  private RunFixture runs;
  private Warehouse warehouse;

  @BeforeEach
  void closes(SparkSession spark, WarehouseLocation location, Warehouse shared) throws IOException {
    runs = new RunFixture(folder, spark, location);
    warehouse = shared;
    Random random = new Random(11);
    StringBuilder rows = new StringBuilder("date,A,B,rate\n");
    double a = 100;
    double b = 50;
    double rate = 0.03;
    for (int k = 0; k < DAYS; k++) {
      rows.append("%s,%s,%s,%s\n".formatted(FIRST.plusDays(k), a, b, rate));
      double z = random.nextGaussian();
      a *= StrictMath.exp(0.2 * Math.sqrt(STEP) * z + 0.08 * STEP);
      double w = 0.6 * z + 0.8 * random.nextGaussian();
      b *= StrictMath.exp(0.3 * Math.sqrt(STEP) * w + 0.02 * STEP);
      rate += 8 * (0.03 - rate) * STEP + 0.02 * Math.sqrt(STEP) * random.nextGaussian();
    }
    Files.writeString(folder.resolve("closes.csv"), rows);
  }

  private RunOutcome run(String id, String name, LocalDate date, String text) {
    JobSpec job = runs.load(text, Map.of("name", name, "as-of", date.toString()));
    return new SparkJobRunner()
        .run(job, new RunOptions(id, date, Optional.empty(), Progress.none(), Resume.UNFINISHED));
  }

  private List<List<Object>> rows(String columns, String id) {
    return runs.rows(
        "SELECT %s FROM calibration WHERE run_id = '%s' ORDER BY parameter".formatted(columns, id));
  }

  private double value(String column, String id, String parameter) {
    return runs.number(
        "SELECT %s FROM calibration WHERE run_id = '%s' AND parameter = '%s'"
            .formatted(column, id, parameter));
  }

  private double metric(String id, String metric) {
    return runs.number(
        "SELECT value FROM training WHERE run_id = '%s' AND metric = '%s'".formatted(id, metric));
  }

  @Test
  void correlatedPricesComeBackWithTheirErrorsAndLastCloses() {
    RunOutcome outcome = run("indices", "indices", LAST, PRICES);
    assertThat(outcome.held()).isEmpty();
    assertThat(outcome.error()).isEmpty();
    assertThat(outcome.tables()).containsExactly("runs", "calibration", "training");
    assertThat(rows("parameter", "indices"))
        .extracting(row -> row.get(0))
        .containsExactly("mu-A", "mu-B", "rho-A-B", "sigma-A", "sigma-B", "spot-A", "spot-B");
    Map.of("sigma-A", 0.2, "sigma-B", 0.3, "rho-A-B", 0.6, "mu-A", 0.1, "mu-B", 0.065)
        .forEach(
            (name, truth) ->
                assertThat(value("value", "indices", name))
                    .as(name)
                    .isCloseTo(truth, within(5 * value("std_err", "indices", name))));
    assertThat(
            runs.rows(
                "SELECT std_err, at_bound, model FROM calibration"
                    + " WHERE run_id = 'indices' AND parameter = 'spot-A'"))
        .singleElement()
        .satisfies(row -> assertThat(row.get(0)).isNull())
        .satisfies(row -> assertThat(row.get(1)).isEqualTo(false))
        .satisfies(row -> assertThat(row.get(2)).isEqualTo("correlated-gbm"));
    assertThat(value("objective", "indices", "mu-A"))
        .isEqualTo(-metric("indices", "log-likelihood"));
    assertThat(metric("indices", "observations")).isEqualTo(800);
    assertThat(
            runs.number(
                "SELECT count(*) FROM training WHERE run_id = 'indices'"
                    + " AND metric = 'series/B'"))
        .isEqualTo(400);
    assertThat(runs.rows("SELECT market_snapshot, paths FROM runs WHERE run_id = 'indices'"))
        .containsExactly(
            List.of(
                "closes.csv up to %s: 800 observations of A, B, 0 rows left out or incomplete"
                    .formatted(LAST),
                0L));
  }

  @Test
  void anotherRunHasTheSameBitsAndReplacesTheRows() {
    run("twice", "twice", LAST, PRICES);
    List<List<Object>> first = rows("parameter, value, std_err, objective", "twice");
    run("twice", "twice", LAST, PRICES);
    assertThat(rows("parameter, value, std_err, objective", "twice")).isEqualTo(first).hasSize(7);
  }

  @Test
  void aJumpAgainstTheFitBeforeHoldsTheNextOneUntilAPersonPublishesIt() {
    run("early", "moving", LAST.minusDays(300), PRICES);
    RunOutcome late = run("late", "moving", LAST, PRICES + "calibration.guards.max-jump = 1e-6\n");
    assertThat(late.notes()).contains("published before: run early of " + LAST.minusDays(300));
    assertThat(late.held())
        .anySatisfy(reason -> assertThat(reason).startsWith("sigma-A moved from"))
        .noneSatisfy(reason -> assertThat(reason).startsWith("spot-A"));
    assertThat(rows("parameter", "late")).isEmpty();
    assertThat(warehouse.publication().publish("late")).isTrue();
    assertThat(rows("parameter", "late")).hasSize(7);
    assertThat(warehouse.publication().hold("late")).isTrue();
    assertThat(rows("parameter", "late")).isEmpty();
  }

  @Test
  void aRateHasTheLettersOfItsModelAndFormulasFindTheSame() {
    assertThat(run("rate", "rate", LAST, RATE.formatted("vasicek")).held()).isEmpty();
    assertThat(run("formula", "formula", LAST, RATE.formatted("formula") + FORMULA).held())
        .isEmpty();
    assertThat(rows("parameter", "rate"))
        .extracting(row -> row.get(0))
        .containsExactly("a", "b", "r0", "sigma");
    Map<String, String> names = Map.of("a", "kappa", "b", "theta", "sigma", "sigma");
    names.forEach(
        (letter, name) -> {
          double error = value("std_err", "rate", letter);
          double exact = value("value", "rate", letter);
          assertThat(value("value", "formula", name))
              .as(name)
              .isCloseTo(exact, within(1e-3 * error));
          assertThat(value("std_err", "formula", name)).isCloseTo(error, within(1e-2 * error));
        });
    assertThat(value("upper", "formula", "kappa")).isEqualTo(100);
    assertThat(value("iterations", "formula", "kappa")).isPositive();
  }

  @Test
  void aParameterAtABoundOfItsSearchHoldsTheFit() {
    RunOutcome held =
        run(
            "tight",
            "tight",
            LAST,
            RATE.formatted("formula")
                + FORMULA
                + "calibration.free.sigma { start = 0.015, max = 0.018 }\n");
    assertThat(held.held())
        .anySatisfy(reason -> assertThat(reason).startsWith("sigma =").contains("at a bound"));
  }
}
