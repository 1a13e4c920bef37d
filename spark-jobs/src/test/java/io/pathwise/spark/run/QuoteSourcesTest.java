package io.pathwise.spark.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pathwise.calibrate.OptionQuote;
import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.calibrate.Surface;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.CalibrationSpec;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.table.WarehouseLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same quotes from a CSV file, from Parquet and from a table are the same run. */
@ExtendWith(SharedSpark.class)
class QuoteSourcesTest {
  private static final String FRIDAY = "2026-01-02";
  private static final String MONDAY = "2026-01-05";
  private static final String TABLE = "desk_quotes";

  @TempDir private Path folder;
  private RunFixture runs;
  private SparkSession session;

  @BeforeEach
  void aFileAFolderAndATableOfTwoDays(SparkSession spark, WarehouseLocation location)
      throws IOException {
    runs = new RunFixture(folder, spark, location);
    session = spark;
    Files.writeString(
        folder.resolve("quotes.csv"),
        Surface.header()
            + Surface.rows(FRIDAY, Surface.HESTON)
            + Surface.rows(MONDAY, Surface.HESTON));
  }

  /** The rows of the CSV file with numbers and dates, in another order. */
  private Dataset<Row> typed() {
    return session
        .read()
        .option("header", true)
        .schema(
            "as_of DATE, id STRING, spot DOUBLE, zero_rate DECIMAL(9, 4), dividend_yield DOUBLE,"
                + " strike FLOAT, expiry DOUBLE, implied_vol DOUBLE")
        .csv(folder.resolve("quotes.csv").toUri().toString())
        .orderBy(col("implied_vol"));
  }

  private void parquet(Dataset<Row> rows, int files) {
    rows.repartition(files).write().mode("overwrite").parquet(folder.resolve("quotes").toString());
  }

  private void table(Dataset<Row> rows) {
    session.sql("DROP TABLE IF EXISTS " + TABLE);
    rows.writeTo(TABLE).using("iceberg").createOrReplace();
  }

  private JobSpec load(String source, String date, String... lines) {
    String job = Surface.job(lines).replace("csv = quotes.csv", source);
    assertThat(job).contains(source);
    return runs.load(job, Map.of("as-of", date));
  }

  private static String id(JobSpec job) {
    return job.runId(LocalDate.parse(FRIDAY));
  }

  private List<String> problems(String source, String date, String... lines) {
    BadJobException error =
        catchThrowableOfType(BadJobException.class, () -> load(source, date, lines));
    return error == null ? List.of() : error.problems();
  }

  @Test
  void theSameQuotesAreTheSameRunWhateverTheyAreKeptIn() {
    JobSpec csv = load("csv = quotes.csv", FRIDAY);
    CalibrationSpec expected = csv.calibration().orElseThrow();
    parquet(typed(), 3);
    table(typed().withColumn("as_of", col("as_of").cast("string")).withColumn("who", lit("desk")));
    JobSpec file = load("parquet = quotes", FRIDAY);
    JobSpec table = load("table = " + TABLE, FRIDAY);
    parquet(typed().withColumn("AS_OF", col("as_of").cast("timestamp")), 1);
    JobSpec instants = load("parquet = quotes", FRIDAY);
    for (JobSpec job : List.of(file, table, instants)) {
      CalibrationSpec found = job.calibration().orElseThrow();
      assertThat(found.quotes()).isEqualTo(expected.quotes());
      assertThat(found.market()).usingRecursiveComparison().isEqualTo(expected.market());
      assertThat(id(job)).isEqualTo(id(csv));
    }
    assertThat(file.calibration().orElseThrow().source()).isEqualTo("quotes of " + FRIDAY);
    assertThat(table.calibration().orElseThrow().source()).isEqualTo(TABLE + " of " + FRIDAY);
    assertThat(table.notes())
        .containsExactly("columns of " + TABLE + " of " + FRIDAY + " that are not read: [who]");
  }

  @Test
  void aPredicateChoosesRowsAndAnUnderlyingOnesOfSeveral() {
    Dataset<Row> dax = typed().withColumn("underlying", lit("DAX"));
    Dataset<Row> other =
        typed().withColumn("underlying", lit("SMI")).withColumn("id", col("strike").cast("string"));
    table(dax.unionByName(other.withColumn("spot", lit(5000.0))));
    assertThat(problems("table = " + TABLE, FRIDAY))
        .anySatisfy(
            p ->
                assertThat(p)
                    .contains("calibration.quotes.underlying is missing")
                    .contains("one of DAX, SMI"));
    JobSpec named = load("table = " + TABLE + ", underlying = DAX", FRIDAY);
    JobSpec chosen =
        load("table = " + TABLE + ", where = \"underlying = 'DAX' and strike >= 100\"", FRIDAY);
    assertThat(named.calibration().orElseThrow().quotes())
        .isEqualTo(load("csv = quotes.csv", FRIDAY).calibration().orElseThrow().quotes());
    assertThat(chosen.calibration().orElseThrow().quotes())
        .isNotEmpty()
        .allMatch(quote -> quote.strike() >= 100)
        .isEqualTo(
            named.calibration().orElseThrow().quotes().stream()
                .filter(quote -> quote.strike() >= 100)
                .toList());
    assertThat(problems("table = " + TABLE + ", underlying = DAXX", FRIDAY))
        .anySatisfy(p -> assertThat(p).contains("did you mean 'DAX'"));
  }

  @Test
  void aStaleTableNamesItsNewestDay() {
    table(typed());
    assertThat(problems("table = " + TABLE, "2026-01-09"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .contains("calibration.quotes.table")
                    .contains(
                        "stale: the newest are of 2026-01-05, expected quotes of 2026-01-09"));
    assertThat(
            load("table = " + TABLE + ", max-age-days = 5", "2026-01-09")
                .calibration()
                .orElseThrow()
                .source())
        .isEqualTo(TABLE + " of " + MONDAY);
  }

  @Test
  void rowsThatAreWrongAreNamedByIdAndNumber() {
    table(
        typed()
            .where("as_of = '2026-01-02' and expiry = 0.25")
            .withColumn("id", col("strike").cast("string"))
            .selectExpr(
                "as_of",
                "id",
                "spot",
                "zero_rate",
                "strike",
                "expiry",
                "if(strike = 100, double('nan'), if(strike > 105, -1, implied_vol)) implied_vol"));
    List<String> problems = problems("table = " + TABLE, FRIDAY);
    assertThat(problems)
        .anySatisfy(p -> assertThat(p).contains("implied_vol = \"NaN\"").contains(TABLE + ":"))
        .anySatisfy(p -> assertThat(p).contains("volatility -1.0").contains(TABLE + ":"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parquet = none | Path does not exist",
        "parquet = quotes.csv | cannot be read, expected a Parquet file",
        "table = nowhere | no such table",
        "table = csv.quotes | no such table",
        "table = \"csv.`/etc/passwd`\" | expected the name of a table",
        "csv = quotes.csv, table = desk_quotes | beside csv, expected one of csv, parquet, table",
        "csv = quotes.csv, where = \"strike > 1\" | expected only with parquet or table",
        "table = desk_quotes, where = \"strick > 1\" | strick",
        "kind = implied-vol | csv is missing",
      })
  void whatCannotBeReadIsNamed(String example) {
    table(typed());
    String[] parts = example.split(" \\| ");
    assertThat(problems(parts[0], FRIDAY)).anySatisfy(p -> assertThat(p).contains(parts[1]));
  }

  @Test
  void filesBesideTheJobAreAllThatAServiceReads() {
    parquet(typed(), 1);
    String only = "pathwise.files = beside-job";
    assertThat(load("parquet = quotes", FRIDAY, only).calibration()).isPresent();
    assertThat(problems("parquet = \"" + folder.getParent() + "\"", FRIDAY, only))
        .anySatisfy(p -> assertThat(p).contains("expected a file in the folder of the job file"));
    assertThat(problems("parquet = quotes, where = \"1 = 1\"", FRIDAY, only))
        .anySatisfy(p -> assertThat(p).contains("expected none with pathwise.files = beside-job"));
  }

  @Test
  void anotherDayInTheFileAndAnotherOrderOfItsLinesChangeNoRun() throws IOException {
    JobSpec before = load("csv = quotes.csv", FRIDAY);
    String header = Surface.header();
    List<String> friday = Surface.rows(FRIDAY, Surface.HESTON).lines().toList();
    List<String> reversed = friday.stream().sorted(java.util.Comparator.reverseOrder()).toList();
    Map<String, Double> moved = new HashMap<>(Surface.HESTON);
    moved.put("v0", 0.05);
    Files.writeString(
        folder.resolve("quotes.csv"),
        header
            + Surface.rows("2025-12-30", moved)
            + String.join("\n", reversed)
            + "\n"
            + Surface.rows("2026-01-06", moved));
    JobSpec after = load("csv = quotes.csv", FRIDAY);
    assertThat(id(after)).isEqualTo(id(before));
    assertThat(after.calibration().orElseThrow().quotes())
        .extracting(OptionQuote::id)
        .isEqualTo(
            before.calibration().orElseThrow().quotes().stream().map(OptionQuote::id).toList());
    Files.writeString(folder.resolve("quotes.csv"), header + Surface.rows(FRIDAY, moved));
    assertThat(id(load("csv = quotes.csv", FRIDAY))).isNotEqualTo(id(before));
  }
}
