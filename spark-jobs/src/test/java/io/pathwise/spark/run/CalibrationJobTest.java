package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.calibrate.Surface;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedSpark.class)
class CalibrationJobTest {
  private static final String MONDAY = "2026-01-05";
  private static final String FRIDAY = "2026-01-02";

  @TempDir private Path folder;
  private RunFixture runs;
  private Warehouse warehouse;

  @BeforeEach
  void aFileOfTwoDays(SparkSession spark, WarehouseLocation location, Warehouse shared)
      throws IOException {
    runs = new RunFixture(folder, spark, location);
    warehouse = shared;
    Map<String, Double> moved = new HashMap<>(Surface.HESTON);
    moved.put("v0", 0.05);
    Files.writeString(
        folder.resolve("quotes.csv"),
        Surface.header() + Surface.rows(FRIDAY, Surface.HESTON) + Surface.rows(MONDAY, moved));
  }

  private RunOutcome run(String id, String name, String date, String... lines) {
    JobSpec job = runs.load(Surface.job(lines), Map.of("name", name, "as-of", date));
    return new SparkJobRunner()
        .run(
            job,
            new RunOptions(
                id, LocalDate.parse(date), Optional.empty(), Progress.none(), Resume.UNFINISHED));
  }

  private double value(String id, String parameter) {
    return runs.number(
        "SELECT value FROM calibration WHERE run_id = '%s' AND parameter = '%s'"
            .formatted(id, parameter));
  }

  private long rows(String table, String id) {
    return (long) runs.number("SELECT count(*) FROM %s WHERE run_id = '%s'".formatted(table, id));
  }

  private Object status(String id) {
    return runs.rows("SELECT status FROM runs WHERE run_id = '" + id + "'").get(0).get(0);
  }

  @Test
  void theParametersBehindASurfaceAreFoundAndStandInTheTables() {
    RunOutcome outcome = run("found", "found", FRIDAY, "calibration.starts = 3");
    assertThat(outcome.held()).isEmpty();
    assertThat(outcome.tables())
        .containsExactly("runs", "calibration", "calibration_residual", "training");
    Surface.HESTON.forEach(
        (name, truth) -> assertThat(value("found", name)).isCloseTo(truth, within(1e-4)));
    assertThat(rows("calibration", "found")).isEqualTo(5);
    assertThat(
            runs.number(
                "SELECT max(abs(residual)) FROM calibration_residual WHERE run_id = 'found'"))
        .isLessThan(1e-5);
    assertThat(
            runs.rows(
                "SELECT market, expiry FROM calibration_residual WHERE run_id = 'found'"
                    + " AND instrument = 'o-0.25-100.0'"))
        .singleElement()
        .satisfies(row -> assertThat(row.get(1)).isEqualTo(0.25));
    assertThat(
            runs.number(
                "SELECT count(DISTINCT epoch) FROM training WHERE run_id = 'found'"
                    + " AND metric = 'objective'"))
        .isEqualTo(3);
    assertThat(runs.rows("SELECT market_snapshot, paths FROM runs WHERE run_id = 'found'"))
        .containsExactly(List.of("quotes.csv of 2026-01-02: 20 quotes, 0 left out", 0L));
  }

  @Test
  void anotherRunOfTheSameDayHasTheSameBits() {
    run("same-a", "same", FRIDAY, "calibration.starts = 4");
    run("same-b", "same", FRIDAY, "calibration.starts = 4");
    String bits =
        "SELECT parameter, value, std_err, objective FROM calibration WHERE run_id = '%s'"
            + " ORDER BY parameter";
    assertThat(runs.rows(bits.formatted("same-b"))).isEqualTo(runs.rows(bits.formatted("same-a")));
  }

  @Test
  void theNextDayStartsFromThePublishedFitAndAJumpHoldsItUntilAPersonDecides() {
    run("friday", "desk", FRIDAY);
    RunOutcome monday = run("monday", "desk", MONDAY, "calibration.guards.max-jump = 6");
    assertThat(monday.notes()).contains("published before: run friday of 2026-01-02");
    assertThat(monday.held()).anySatisfy(reason -> assertThat(reason).startsWith("v0 moved from"));
    assertThat(status("monday")).isEqualTo("HELD");
    assertThat(rows("calibration", "monday")).isZero();
    assertThat(rows("calibration_residual", "monday")).isZero();
    assertThat(rows("training", "monday")).isPositive();
    assertThat(rows("calibration", "friday")).isEqualTo(5);
    assertThat(rows("calibration VERSION AS OF 'held-monday'", "monday")).isEqualTo(5);

    assertThat(warehouse.publication().publish("monday")).isTrue();
    assertThat(warehouse.publication().publish("monday")).isFalse();
    assertThat(status("monday")).isEqualTo("DONE");
    assertThat(value("monday", "v0")).isCloseTo(0.05, within(1e-4));
    assertThat(rows("calibration_residual", "monday")).isEqualTo(20);
    assertThat(runs.rows("SELECT name FROM calibration.refs WHERE name = 'held-monday'")).isEmpty();

    assertThat(warehouse.publication().hold("monday")).isTrue();
    assertThat(warehouse.publication().hold("monday")).isFalse();
    assertThat(status("monday")).isEqualTo("HELD");
    assertThat(rows("calibration", "monday")).isZero();
    assertThat(rows("calibration VERSION AS OF 'held-monday'", "monday")).isEqualTo(5);

    run("monday", "desk", MONDAY);
    assertThat(status("monday")).isEqualTo("DONE");
    assertThat(rows("calibration", "monday")).isEqualTo(5);
    assertThat(runs.rows("SELECT name FROM calibration.refs WHERE name = 'held-monday'")).isEmpty();
  }

  @Test
  void aRunThatIsHeldAfterItWasPublishedLeavesTheTable() {
    run("again", "again", FRIDAY);
    assertThat(rows("calibration", "again")).isEqualTo(5);
    RunOutcome held =
        run(
            "again",
            "again",
            FRIDAY,
            "calibration.iterations = 1",
            "calibration.guards.max-residual = 1e-9");
    assertThat(held.held())
        .anySatisfy(reason -> assertThat(reason).startsWith("not converged"))
        .anySatisfy(reason -> assertThat(reason).contains("residuals beyond 1.0E-9"));
    assertThat(rows("calibration", "again")).isZero();
    assertThat(rows("calibration VERSION AS OF 'held-again'", "again")).isEqualTo(5);
  }

  @Test
  void aParameterAtABoundHoldsTheFit() {
    RunOutcome held =
        run(
            "bound",
            "bound",
            FRIDAY,
            "calibration.free { v0 {}, kappa {}, theta {}, xi { max = 0.55 }, rho {} }");
    assertThat(held.held())
        .anySatisfy(reason -> assertThat(reason).contains("xi").contains("bound"));
  }

  @Test
  void statesAreStoredWhileAFitIsOnItsWayAndGoWhenItIsDone() {
    run(
        "kept",
        "kept",
        FRIDAY,
        "checkpoint.dir = \"" + folder.resolve("states") + "\"",
        "calibration.starts = 2");
    assertThat(rows("calibration", "kept")).isEqualTo(5);
    assertThat(folder.resolve("states").resolve("kept")).isEmptyDirectory();
  }

  /**
   * Seeds are fixed. Where the model is that of the quotes, the objective on fresh paths is noise
   * and step bias alone.
   */
  @ParameterizedTest
  @ValueSource(strings = {"tangent", "differences"})
  void aMonteCarloFitFindsTheParametersAndSaysHowMuchOfItsObjectiveIsNoise(String jacobian) {
    String id = "simulated-" + jacobian;
    RunOutcome outcome =
        run(
            id,
            id,
            FRIDAY,
            "calibration.jacobian = " + jacobian,
            "calibration.pricer = monte-carlo",
            "calibration.free { v0 {}, theta {}, rho {} }",
            "model.parameters { kappa = 2.0, xi = 0.6 }",
            "calibration.fresh.paths = 32768",
            "simulation { paths = 65536, seed = 3, steps-per-year = 32 }");
    assertThat(outcome.error()).isEmpty();
    assertThat(value(id, "v0")).isCloseTo(0.04, within(0.004));
    assertThat(value(id, "theta")).isCloseTo(0.06, within(0.004));
    assertThat(value(id, "rho")).isCloseTo(-0.6, within(0.06));
    double fresh =
        runs.number(
            "SELECT value FROM convergence WHERE run_id = '"
                + id
                + "'"
                + " AND estimator = 'objective/fresh'");
    double noise =
        runs.number(
            "SELECT value FROM convergence WHERE run_id = '"
                + id
                + "'"
                + " AND estimator = 'objective/noise'");
    assertThat(noise).isPositive();
    assertThat(fresh / noise).isLessThan(10);
    assertThat(outcome.notes()).anySatisfy(note -> assertThat(note).contains("fresh ones, of"));
    assertThat(runs.rows("SELECT paths FROM runs WHERE run_id = '" + id + "'"))
        .containsExactly(List.of(65536L));
  }

  @Test
  void profilesAndResamplesStandBesideTheStandardErrors() throws IOException {
    StringBuilder noisy = new StringBuilder(Surface.header());
    int row = 0;
    for (String line : Surface.rows(FRIDAY, Surface.HESTON).lines().toList()) {
      int at = line.lastIndexOf(',');
      double volatility = Double.parseDouble(line.substring(at + 1));
      double moved = volatility + 1e-3 * Math.sin(7.3 * row++);
      noisy.append(line, 0, at + 1).append(moved).append('\n');
    }
    Files.writeString(folder.resolve("quotes.csv"), noisy);
    String[] lines = {
      "calibration.free { v0 {}, theta {}, rho {} }",
      "model.parameters { kappa = 2, xi = 0.6 }",
      "calibration.uncertainty { profile = [v0, rho], bootstrap = 40, bootstrap-seed = 5 }"
    };
    RunOutcome outcome = run("intervals", "intervals", FRIDAY, lines);
    run("intervals-again", "intervals", FRIDAY, lines);
    String metrics =
        "SELECT metric, value FROM training WHERE run_id = '%s' AND (metric LIKE 'profile/%%'"
            + " OR metric LIKE 'bootstrap/%%') ORDER BY metric";
    List<List<Object>> found = runs.rows(metrics.formatted("intervals"));
    assertThat(runs.rows(metrics.formatted("intervals-again"))).isEqualTo(found);
    Map<String, Double> values = new HashMap<>();
    found.forEach(cells -> values.put((String) cells.get(0), (Double) cells.get(1)));
    assertThat(values).hasSize(1 + 2 * 2 + 1 + 3 * 3);
    assertThat(values.get("profile/level")).isEqualTo(0.95);
    assertThat(values.get("bootstrap/resamples")).isEqualTo(40);
    for (String name : List.of("v0", "rho")) {
      double value = value("intervals", name);
      assertThat(value)
          .isBetween(
              values.get("profile/" + name + "/lower"), values.get("profile/" + name + "/upper"));
      assertThat(Surface.HESTON.get(name))
          .isBetween(
              values.get("profile/" + name + "/lower"), values.get("profile/" + name + "/upper"));
      double error =
          runs.number(
              "SELECT std_err FROM calibration WHERE run_id = 'intervals' AND parameter = '%s'"
                  .formatted(name));
      assertThat(values.get("bootstrap/" + name + "/std_err") / error).isBetween(0.3, 3.0);
    }
    assertThat(outcome.notes())
        .anySatisfy(note -> assertThat(note).startsWith("v0: profile interval of 95 % from"))
        .anySatisfy(note -> assertThat(note).startsWith("rho: bootstrap standard error"));
  }

  /** The seed is fixed; what is off is the bias of Euler steps. */
  @Test
  void formulasAreFittedBySimulation() {
    RunOutcome outcome =
        run(
            "formulas",
            "formulas",
            FRIDAY,
            """
            model = null
            model {
              type = formula, calculus = ito, noise = general
              parameters { kappa = 2.0, xi = 0.6, rho = -0.6 }
              states { S = spot, v = v0 }
              drift { S = "(r - q)*S", v = "kappa*(theta - max(v, 0))" }
              diffusion {
                S = ["sqrt(max(v, 0))*S", "0"]
                v = ["xi*rho*sqrt(max(v, 0))", "xi*sqrt(1 - rho^2)*sqrt(max(v, 0))"]
              }
            }
            calibration {
              pricer = monte-carlo
              free {
                v0 { start = 0.08, min = 0.001, max = 0.5 }
                theta { start = 0.1, min = 0.001, max = 0.5 }
              }
              fresh.paths = 16384
            }
            simulation { paths = 16384, seed = 3, steps-per-year = 32 }
            """);
    assertThat(outcome.error()).isEmpty();
    assertThat(value("formulas", "v0")).isCloseTo(0.04, within(0.004));
    assertThat(value("formulas", "theta")).isCloseTo(0.06, within(0.004));
    assertThat(rows("calibration", "formulas")).isEqualTo(5);
  }
}
