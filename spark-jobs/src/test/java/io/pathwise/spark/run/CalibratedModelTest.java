package io.pathwise.spark.run;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.calibrate.PublishedFits;
import io.pathwise.spark.calibrate.Surface;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.Resume;
import io.pathwise.spark.job.RowReader;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.job.SessionSettings;
import io.pathwise.spark.table.WarehouseLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose parameters a calibration has published. */
@ExtendWith(SharedSpark.class)
class CalibratedModelTest {
  private static final LocalDate FRIDAY = LocalDate.of(2026, 1, 2);
  private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);

  private static final String PRICE =
      """
      job = price
      name = value
      model { type = heston, calibrated = source, parameters { spot = 100, r = 0.02 } }
      simulation { paths = 8192, seed = 1, steps = 16 }
      trades = [{ id = c, type = european, option = call, strike = 100, expiry = 1 }]
      """;

  @TempDir private Path folder;
  private RunFixture runs;

  @BeforeEach
  void fitsOfTwoDaysTheSecondHeld(SparkSession spark, WarehouseLocation location)
      throws IOException {
    runs = new RunFixture(folder, spark, location);
    if (published("source-friday") == 0) {
      Map<String, Double> moved = new HashMap<>(Surface.HESTON);
      moved.put("v0", 0.05);
      Files.writeString(
          folder.resolve("quotes.csv"),
          Surface.header()
              + Surface.rows(FRIDAY.toString(), Surface.HESTON)
              + Surface.rows(MONDAY.toString(), moved));
      fit("source-friday", FRIDAY);
      assertThat(fit("source-monday", MONDAY, "calibration.guards.max-jump = 6").held())
          .isNotEmpty();
    }
  }

  private long published(String id) {
    boolean known =
        runs.rows("SHOW TABLES").stream().anyMatch(table -> table.contains("calibration"));
    return known
        ? (long) runs.number("SELECT count(*) FROM calibration WHERE run_id = '" + id + "'")
        : 0;
  }

  private RunOutcome fit(String id, LocalDate date, String... lines) {
    JobSpec job = runs.load(Surface.job(lines), Map.of("name", "source", "as-of", date.toString()));
    return run(id, job, date);
  }

  private static RunOutcome run(String id, JobSpec job, LocalDate date) {
    return new SparkJobRunner()
        .run(job, new RunOptions(id, date, Optional.empty(), Progress.none(), Resume.UNFINISHED));
  }

  private JobSpec load(String date, String... lines) {
    return runs.load(PRICE + String.join("\n", lines), Map.of("as-of", date));
  }

  private List<String> problems(Map<String, String> overrides, String... lines) {
    BadJobException error =
        catchThrowableOfType(
            BadJobException.class, () -> runs.load(PRICE + String.join("\n", lines), overrides));
    return error == null ? List.of() : error.problems();
  }

  /** The held fit of the Monday is not published, so that of the Friday before counts. */
  @Test
  void aRunTakesTheParametersOfTheNewestPublishedFitAndSaysSo() {
    JobSpec job = load("2026-01-06");
    Surface.HESTON.forEach(
        (name, truth) ->
            assertThat(job.model().parameters().get(name)).isCloseTo(truth, within(1e-4)));
    assertThat(job.notes())
        .containsExactly(
            "parameters from run source-friday of 2026-01-02 (source): v0, kappa, theta, xi, rho;"
                + " in neither, so by default: q = 0");
    RunOutcome outcome = run("from-source", job, LocalDate.of(2026, 1, 6));
    assertThat(outcome.succeeded()).isTrue();
    assertThat(runs.rows("SELECT config FROM runs WHERE run_id = 'from-source'").get(0).get(0))
        .asString()
        .contains("calibrated-from=\"run source-friday of 2026-01-02 (source)\"", "kappa=")
        .doesNotContain("calibrated=");
  }

  @Test
  void theRunIsToldByTheValuesNotByWhereTheyComeFrom() {
    JobSpec job = load("2026-01-02");
    StringBuilder values = new StringBuilder("model.calibrated = null\nmodel.parameters {");
    job.model().parameters().forEach((name, value) -> values.append(name + "=" + value + "\n"));
    JobSpec written = load("2026-01-02", values.append("}").toString().replace("q=0.0\n", ""));
    assertThat(written.runId(FRIDAY)).isEqualTo(job.runId(FRIDAY));
    JobSpec overridden = load("2026-01-02", "model.parameters.kappa = 2.5");
    assertThat(overridden.runId(FRIDAY)).isNotEqualTo(job.runId(FRIDAY));
    assertThat(overridden.model().parameters()).containsEntry("kappa", 2.5);
    assertThat(overridden.notes().get(0)).contains("given in the job: kappa");
  }

  @Test
  void aStoredJobKeepsItsParametersWhateverIsPublishedLater() {
    JobSpec job = load("2026-01-02");
    JobSpec again = JobFile.stored(job.configText(), "stored", folder, Map.of());
    assertThat(again.identity()).isEqualTo(job.identity());
    assertThat(again.notes())
        .containsExactly("parameters from run source-friday of 2026-01-02 (source)");
  }

  @Test
  void aFitThatIsNotThereIsMissed() {
    assertThat(problems(Map.of("as-of", "2026-01-01")))
        .singleElement()
        .asString()
        .startsWith(
            "model.calibrated = \"source\" (job.conf:3): no published fit of source to model heston"
                + " up to 2026-01-01 in the tables of ")
        .endsWith("expected one; there are newer ones");
    assertThat(problems(Map.of("as-of", "2026-01-06"), "model.calibrated = sorce"))
        .singleElement()
        .asString()
        .endsWith("did you mean 'source'?");
    assertThat(problems(Map.of("as-of", "2026-01-06"), "model.type = bates", "simulation.pths = 1"))
        .hasSize(2)
        .anyMatch(p -> p.contains("to model bates") && p.endsWith("job = calibrate makes them"))
        .anyMatch(p -> p.contains("simulation.pths"));
  }

  @Test
  void aWarehouseWithoutTablesHasNoFitsAndIsNotMade() {
    PublishedFits fits = new PublishedFits();
    String nowhere = folder.resolve("none").toString();
    Map<String, String> settings =
        Map.of("spark.sql.catalog.pathwise.warehouse", "file:" + nowhere);
    RowReader.Session session =
        new RowReader.Session("x", Optional.empty(), new SessionSettings(nowhere, settings));
    assertThat(fits.newest(session, "source", "heston", MONDAY)).isEmpty();
    assertThat(fits.names(session, "heston")).isEmpty();
    assertThat(folder.resolve("none")).doesNotExist();
  }

  /** Rows as a calibration to histories writes them: assets in its order, a drift among them. */
  @Test
  void assetsAreTakenOutOfAFitOfMoreInAnotherOrder(SparkSession spark) throws NoSuchTableException {
    Dataset<Row> values =
        spark.sql(
            """
            SELECT * FROM VALUES ('spot-DAX', 2D), ('mu-DAX', 0.1D), ('sigma-DAX', 0.2D),
              ('spot-SMI', 2D), ('mu-SMI', 0.1D), ('sigma-SMI', 0.2D), ('spot-CAC', 2D),
              ('mu-CAC', 0.1D), ('sigma-CAC', 0.2D), ('rho-DAX-SMI', 0.7D), ('rho-DAX-CAC', 0.6D),
              ('rho-SMI-CAC', 0.5D) AS rows(parameter, value)
            """);
    spark
        .table("calibration")
        .where("run_id = 'source-friday' AND parameter = 'v0'")
        .withColumn("run_id", lit("indices"))
        .withColumn("portfolio", lit("indices"))
        .withColumn("model", lit("correlated-gbm"))
        .drop("parameter", "value")
        .crossJoin(values)
        .writeTo("calibration")
        .append();
    JobSpec job =
        runs.load(
            """
            job = simulate
            as-of = 2026-01-02
            model { type = correlated-gbm, assets = [CAC, DAX], calibrated = indices }
            model.parameters.mu-DAX = 0
            simulation { paths = 8192, seed = 42, horizon = 1, steps = 1 }
            """,
            Map.of());
    assertThat(job.model().parameters())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "spot-CAC",
                2.0,
                "spot-DAX",
                2.0,
                "mu-CAC",
                0.1,
                "mu-DAX",
                0.0,
                "sigma-CAC",
                0.2,
                "sigma-DAX",
                0.2,
                "rho-CAC-DAX",
                0.6));
    assertThat(job.notes())
        .containsExactly(
            "parameters from run indices of 2026-01-02 (indices): spot-CAC, spot-DAX, mu-CAC,"
                + " sigma-CAC, sigma-DAX, rho-CAC-DAX; given in the job: mu-DAX; of no use to this"
                + " model: mu-SMI, rho-DAX-SMI, rho-SMI-CAC, sigma-SMI, spot-SMI");
  }

  @Test
  void aFitThatIsTooOldIsRefused() {
    String form = "model.calibrated = { name = source, max-age-days = 3 }";
    assertThat(load("2026-01-05", form).model().parameters()).containsKey("kappa");
    assertThat(problems(Map.of("as-of", "2026-01-06"), form))
        .singleElement()
        .asString()
        .startsWith("model.calibrated = {")
        .endsWith(
            "stale: the newest published fit up to 2026-01-06 is run source-friday of 2026-01-02,"
                + " expected one of at most 3 days before");
  }

  @Test
  void everythingElseThatIsWrongIsNamedAtTheKey() {
    assertThat(problems(Map.of()))
        .containsExactly(
            "model.calibrated = \"source\" (job.conf:3): a fit is of a date, expected the date of"
                + " the run: as-of, or --as-of");
    assertThat(
            problems(
                Map.of("as-of", "2026-01-06"), "model.calibrated = { nam = a, max-age-days = -1 }"))
        .hasSize(3)
        .anyMatch(p -> p.startsWith("model.calibrated.name is missing"))
        .anyMatch(p -> p.startsWith("model.calibrated.nam ="))
        .anyMatch(p -> p.startsWith("model.calibrated.max-age-days = -1"));
    assertThat(problems(Map.of("as-of", "2026-01-06", "model.type", "formula")))
        .singleElement()
        .asString()
        .contains("beside type = formula, expected a model of the catalogue");
    assertThat(problems(Map.of("as-of", "2026-01-06"), "model.parameters { spot = null }"))
        .singleElement()
        .asString()
        .startsWith("model.parameters.spot is missing");
    assertThat(
            catchThrowableOfType(
                    BadJobException.class,
                    () -> runs.load(Surface.job("model.calibrated = source"), Map.of()))
                .problems())
        .anyMatch(p -> p.contains("expected no such key to calibrate"));
  }
}
