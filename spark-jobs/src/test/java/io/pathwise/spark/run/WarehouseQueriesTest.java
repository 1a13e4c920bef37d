package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.cli.Queries;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.SessionSettings;
import io.pathwise.spark.report.ResultTable;
import io.pathwise.spark.table.ResultTables;
import io.pathwise.spark.table.RunKey;
import io.pathwise.spark.table.RunRow;
import io.pathwise.spark.table.RunRows;
import io.pathwise.spark.table.RunStatus;
import io.pathwise.spark.table.Warehouse;
import io.pathwise.spark.table.WarehouseLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class WarehouseQueriesTest {

  private static final LocalDate DAY = LocalDate.of(2002, 7, 5);

  private final Queries queries = ServiceLoader.load(Queries.class).findFirst().orElseThrow();

  record Npv(String tradeId, double pv) {}

  @Test
  void theServiceOfTheCommandLineIsThisOne() {
    assertThat(queries).isInstanceOf(WarehouseQueries.class);
  }

  @Test
  void aQueryReadsTheTablesByTheirShortNames(WarehouseLocation location, Warehouse warehouse) {
    write(warehouse, "short-names", Instant.now(), RunStatus.DONE);
    ResultTable table =
        queries.sql(
            settings(location),
            Optional.empty(),
            "select trade_id, pv, as_of from npv where run_id = 'short-names'");
    assertThat(table)
        .isEqualTo(
            new ResultTable(
                List.of("trade_id", "pv", "as_of"), List.of(List.of("c100", 8.5, "2002-07-05"))));
  }

  @Test
  void aQueryReadsIcebergsTablesAboutATable(WarehouseLocation location, Warehouse warehouse) {
    write(warehouse, "metadata", Instant.now(), RunStatus.DONE);
    for (String name : List.of("npv.snapshots", "npv.files", "pathwise.pathwise.npv.history")) {
      assertThat(
              queries
                  .sql(settings(location), Optional.of(SharedSpark.MASTER), "select * from " + name)
                  .rows())
          .as(name)
          .isNotEmpty();
    }
  }

  @Test
  void aQueryThatChangesTheTablesIsRefused(WarehouseLocation location, Warehouse warehouse) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> queries.sql(settings(location), Optional.empty(), "drop table npv"))
        .withMessageContaining("expected a statement that reads");
  }

  @Test
  void runsAreListedNewestFirstWithWhatAUserAsksFor(
      WarehouseLocation location, Warehouse warehouse) {
    Instant future = Instant.parse("2999-01-01T00:00:00Z");
    write(warehouse, "listed-new", future.plusSeconds(1), RunStatus.FAILED);
    write(warehouse, "listed-old", future, RunStatus.DONE);
    ResultTable table = queries.runs(settings(location), Optional.empty());
    assertThat(table.columns())
        .containsExactly(
            "run_id",
            "as_of",
            "portfolio",
            "job",
            "status",
            "progress",
            "paths",
            "wall_s",
            "path_steps_per_s",
            "backend",
            "started_at",
            "error");
    assertThat(table.rows())
        .startsWith(row("listed-new", "FAILED", "NaN in state v"), row("listed-old", "DONE", null));
  }

  @Test
  void aWarehouseThatDoesNotExistIsAnErrorAndIsNotMade(
      SparkSession spark, @TempDir Path directory) {
    Path missing = directory.resolve("none");
    SessionSettings settings = settings(new WarehouseLocation(missing.toString()));
    String message =
        "pathwise.warehouse = '%s': expected a warehouse with result tables, found none; `pathwise run` makes them"
            .formatted(missing);
    assertThatExceptionOfType(BadJobException.class)
        .isThrownBy(() -> queries.runs(settings, Optional.empty()))
        .withMessage(message);
    assertThatExceptionOfType(BadJobException.class)
        .isThrownBy(() -> queries.sql(settings, Optional.empty(), "select 1"))
        .withMessage(message);
    assertThat(missing).doesNotExist();
  }

  @Test
  void aWarehouseBelowAFileIsAnError(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "in the way");
    String value = file.resolve("warehouse").toString();
    assertThatExceptionOfType(BadJobException.class)
        .isThrownBy(() -> queries.runs(settings(new WarehouseLocation(value)), Optional.empty()))
        .withMessageContaining("pathwise.warehouse")
        .withMessageContaining(value);
  }

  @Test
  void anotherMasterThanTheRunningOneIsAnError(WarehouseLocation location, Warehouse warehouse) {
    assertThatIllegalStateException()
        .isThrownBy(() -> queries.runs(settings(location), Optional.of("local[3]")))
        .withMessageContaining("spark.master: asked for 'local[3]'");
  }

  private static List<Object> row(String id, String status, String error) {
    List<Object> row = new ArrayList<>();
    row.addAll(
        List.of(id, "2002-07-05", "dax", "price", status, 1.0, 1000L, 1.5, 168_000.0, "cpu"));
    row.add("2026-01-02T03:04:05Z");
    row.add(error);
    return row;
  }

  private static void write(Warehouse warehouse, String id, Instant created, RunStatus status) {
    RunRow row = status == RunStatus.FAILED ? RunRows.failed("NaN in state v") : RunRows.done(1);
    warehouse
        .runWriter(Clock.fixed(created, ZoneOffset.UTC))
        .replace(
            new RunKey(id, DAY, "dax"),
            row,
            Map.of(ResultTables.NPV, List.of(new Npv("c100", 8.5))));
  }

  private static SessionSettings settings(WarehouseLocation location) {
    return new SessionSettings(location.value(), Map.of());
  }
}
