package io.pathwise.spark.table;

import static org.apache.iceberg.expressions.Expressions.alwaysTrue;
import static org.apache.iceberg.expressions.Expressions.equal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunWriterTest {

  private static final LocalDate DAY = LocalDate.of(2002, 7, 5);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  record Npv(String tradeId, double pv, Double stdErr) {}

  record Summary(String state, double t, double mean) {}

  private TestCatalog catalog;
  private RunWriter writer;

  @BeforeEach
  void anEmptyWarehouse(@TempDir Path directory) {
    catalog = TestCatalog.in(directory);
    writer = catalog.open().runWriter(CLOCK);
  }

  @Test
  void aRowHasTheRunsKeyTheTimeOfWritingAndTheRecordsValues() {
    writer.replace(run("a"), RunRows.done(42), npvs(1));
    assertThat(catalog.rows(ResultTables.NPV, alwaysTrue()))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getField("run_id")).isEqualTo("a");
              assertThat(row.getField("as_of")).isEqualTo(DAY);
              assertThat(row.getField("portfolio")).isEqualTo("dax");
              assertThat(row.getField("created_at")).isEqualTo(NOW.atOffset(ZoneOffset.UTC));
              assertThat(row.getField("trade_id")).isEqualTo("t0");
              assertThat(row.getField("pv")).isEqualTo(0.0);
              assertThat(row.getField("std_err")).isNull();
            });
    assertThat(catalog.rows(ResultTables.RUNS, alwaysTrue()))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getField("status")).isEqualTo("DONE");
              assertThat(row.getField("seed")).isEqualTo(42L);
              assertThat(row.getField("error")).isNull();
            });
  }

  @Test
  void writingARunAgainReplacesItsRowsAndLeavesOtherRunsAlone() {
    writer.replace(run("a"), RunRows.done(1), npvs(5));
    writer.replace(run("b"), RunRows.done(1), npvs(4));
    writer.replace(run("a"), RunRows.done(2), npvs(3));
    assertThat(npvsOf("a")).hasSize(3);
    assertThat(npvsOf("b")).hasSize(4);
    assertThat(catalog.rows(ResultTables.RUNS, equal("run_id", "a")))
        .extracting(row -> row.getField("seed"))
        .containsExactly(2L);
    assertThat(catalog.rows(ResultTables.RUNS, alwaysTrue())).hasSize(2);
  }

  @Test
  void aTableIsReplacedInOneCommitOnMainAndNoBranchStays() {
    writer.replace(run("a"), RunRows.done(1), npvs(5));
    long before = npv().currentSnapshot().snapshotId();
    writer.replace(run("a"), RunRows.done(2), npvs(3));
    Table after = npv();
    assertThat(after.currentSnapshot().parentId()).isEqualTo(before);
    assertThat(after.refs()).containsOnlyKeys("main");
  }

  @Test
  void aTableThatHasNothingOfTheRunGetsNoCommit() {
    writer.replace(run("a"), RunRows.done(1), npvs(1));
    writer.replace(run("b"), RunRows.done(1), Map.of());
    assertThat(npv().history()).hasSize(1);
    assertThat(catalog.table(ResultTables.RISK).currentSnapshot()).isNull();
  }

  @Test
  void aRunThatMovesToAnotherDateLeavesNoRowBehind() {
    writer.replace(run("a"), RunRows.done(1), npvs(2));
    writer.replace(new RunKey("a", DAY.plusDays(1), "dax"), RunRows.done(1), npvs(2));
    assertThat(npvsOf("a"))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.getField("as_of")).isEqualTo(DAY.plusDays(1)));
  }

  @Test
  void aTableThatTheNewResultLeavesOutKeepsNoRowOfTheRun() {
    writer.replace(
        run("a"),
        RunRows.done(1),
        Map.of(
            ResultTables.NPV, List.of(new Npv("t", 1, 0.1)),
            ResultTables.PATH_SUMMARY, List.of(new Summary("S", 1, 100))));
    assertThat(catalog.rows(ResultTables.PATH_SUMMARY, alwaysTrue())).hasSize(1);
    writer.replace(run("a"), RunRows.done(1), npvs(1));
    assertThat(catalog.rows(ResultTables.PATH_SUMMARY, alwaysTrue())).isEmpty();
  }

  @Test
  void aFailedRunStandsInRunsWithItsErrorAndHasNoNumbers() {
    writer.replace(
        run("a"),
        RunRows.done(1),
        Map.of(
            ResultTables.NPV, List.of(new Npv("t", 1, 0.1)),
            ResultTables.PATH_SUMMARY, List.of(new Summary("S", 1, 100))));
    writer.replace(run("b"), RunRows.done(1), npvs(2));
    writer.replaceFailed(run("a"), RunRows.failed("NaN in state v at t = 0.5"));
    assertThat(catalog.rows(ResultTables.RUNS, equal("run_id", "a")))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getField("status")).isEqualTo("FAILED");
              assertThat(row.getField("error")).isEqualTo("NaN in state v at t = 0.5");
            });
    for (TableSchema table : ResultTables.all()) {
      if (!table.equals(ResultTables.RUNS)) {
        assertThat(catalog.rows(table, equal("run_id", "a"))).as(table.name()).isEmpty();
      }
    }
    assertThat(npvsOf("b")).hasSize(2);
  }

  @Test
  void aFailedRunNeedsTheStatusAndAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.replaceFailed(run("a"), RunRows.done(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.replaceFailed(run("a"), RunRows.failed(null)));
  }

  @Test
  void aRecordThatDoesNotFitStopsTheRunBeforeAnythingIsWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                writer.replace(
                    run("a"),
                    RunRows.done(1),
                    Map.of(
                        ResultTables.NPV, List.of(new Npv("t", 1, 0.1)),
                        ResultTables.CONVERGENCE, List.of(new Npv("t", 1, 0.1)))))
        .withMessageContaining("convergence");
    assertThat(npv().currentSnapshot()).isNull();
    assertThat(catalog.table(ResultTables.RUNS).currentSnapshot()).isNull();
  }

  @Test
  void runIdsWithQuotesAndLongCommonBeginningsStayApart() {
    String stem = "a run's id that is longer than any truncated bound ";
    writer.replace(run(stem + "1"), RunRows.done(1), npvs(2));
    writer.replace(run(stem + "2"), RunRows.done(1), npvs(3));
    writer.replace(run(stem + "1"), RunRows.done(1), npvs(1));
    assertThat(catalog.rows(ResultTables.NPV, alwaysTrue())).hasSize(4);
  }

  @Test
  void aRunInFilesThatACompactionMixedIsReplacedAllTheSame() throws Exception {
    writer.replace(run("a"), RunRows.done(1), npvs(5));
    writer.replace(run("b"), RunRows.done(1), npvs(4));
    writer.replace(run("c"), RunRows.done(1), npvs(3));
    compact();
    writer.replace(run("b"), RunRows.done(1), npvs(1));
    writer.replace(run("bb"), RunRows.done(1), npvs(2));
    writer.replaceFailed(run("c"), RunRows.failed("no"));
    assertThat(npvsOf("a")).hasSize(5);
    assertThat(npvsOf("b")).hasSize(1);
    assertThat(npvsOf("bb")).hasSize(2);
    assertThat(npvsOf("c")).isEmpty();
    assertThat(npv().refs()).containsOnlyKeys("main");
  }

  @Test
  void aRunThatACompactedFileDoesNotHoldLeavesNoDeleteFileBehind() throws Exception {
    writer.replace(run("a"), RunRows.done(1), npvs(5));
    writer.replace(run("c"), RunRows.done(1), npvs(3));
    compact();
    writer.replace(run("b"), RunRows.done(1), npvs(4));
    assertThat(npv().currentSnapshot().summary()).containsEntry("total-delete-files", "0");
  }

  @Test
  void aWriterThatWasOpenedManyCommitsAgoStillWrites() {
    Table busy = catalog.table(ResultTables.NPV);
    for (int i = 0; i < 120; i++) {
      busy.updateProperties().set("touched", String.valueOf(i)).commit();
    }
    writer.replace(run("late"), RunRows.done(1), npvs(1));
    assertThat(npvsOf("late")).hasSize(1);
  }

  @Test
  void tablesThatCannotBeWrittenAreNamedAndTheRunDoesNotStandAsDone() {
    catalog.drop(ResultTables.NPV);
    catalog.drop(ResultTables.RISK);
    assertThatExceptionOfType(WarehouseException.class)
        .isThrownBy(() -> writer.replaceFailed(run("a"), RunRows.failed("no")))
        .withMessageContaining("run 'a': table npv could not be written")
        .satisfies(
            error ->
                assertThat(error.getSuppressed())
                    .singleElement()
                    .satisfies(
                        other -> assertThat(other).hasMessageContaining("table risk could not")));
    assertThat(catalog.rows(ResultTables.RUNS, alwaysTrue())).isEmpty();
  }

  @Test
  void twoDriversThatWriteAtOnceLoseNoRow() throws Exception {
    writeAtOnce(2, 6, i -> "r" + i);
    assertThat(catalog.rows(ResultTables.NPV, alwaysTrue())).hasSize(18);
    assertThat(catalog.rows(ResultTables.RUNS, alwaysTrue())).hasSize(6);
    assertThat(npv().refs()).containsOnlyKeys("main");
  }

  @Test
  void driversThatWriteTheSameRunAtOnceLeaveItThereOnce() throws Exception {
    writeAtOnce(4, 8, i -> "r" + i % 2);
    assertThat(npvsOf("r0")).hasSize(3);
    assertThat(npvsOf("r1")).hasSize(3);
    assertThat(catalog.rows(ResultTables.RUNS, alwaysTrue())).hasSize(2);
    assertThat(npv().refs()).containsOnlyKeys("main");
  }

  private void writeAtOnce(int threads, int runs, IntFunction<String> id) throws Exception {
    ExecutorService drivers = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> writes =
          IntStream.range(0, runs)
              .<Callable<Void>>mapToObj(
                  i ->
                      () -> {
                        RunWriter own = catalog.open().runWriter();
                        own.replace(run(id.apply(i)), RunRows.done(i), npvs(3));
                        return null;
                      })
              .toList();
      for (Future<Void> write : drivers.invokeAll(writes)) {
        write.get();
      }
    } finally {
      drivers.shutdown();
    }
  }

  /** Puts all rows of npv into one file. */
  private void compact() throws Exception {
    Table table = npv();
    List<Record> rows = catalog.rows(ResultTables.NPV, alwaysTrue());
    DataFile whole = new RunFiles(table, "any").write(rows);
    OverwriteFiles rewrite = table.newOverwrite().addFile(whole);
    try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
      files.forEach(file -> rewrite.deleteFile(file.file()));
    }
    rewrite.commit();
  }

  private Table npv() {
    return catalog.table(ResultTables.NPV);
  }

  private List<Record> npvsOf(String runId) {
    return catalog.rows(ResultTables.NPV, equal("run_id", runId));
  }

  private static RunKey run(String id) {
    return new RunKey(id, DAY, "dax");
  }

  private static Map<TableSchema, List<Npv>> npvs(int count) {
    return Map.of(
        ResultTables.NPV,
        IntStream.range(0, count).mapToObj(i -> new Npv("t" + i, i, null)).toList());
  }
}
