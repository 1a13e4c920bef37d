package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.checkpoint.SliceStore;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.Resume;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.report.ResultTable;
import io.pathwise.spark.table.WarehouseLocation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run that is kept, stopped and taken up again ends with the numbers of one that was not. */
@ExtendWith(SharedSpark.class)
class CheckpointTest {
  private static final String SLICED =
      """
      job = price
      name = sliced
      model {
        type = heston
        parameters { spot = 100, v0 = 0.04, kappa = 1.5, theta = 0.06, xi = 0.5, rho = -0.7 }
        parameters { r = 0.03, q = 0 }
      }
      simulation { paths = 8000, seed = 5, steps = 24, shard-size = 512, times = [0.5, 1] }
      trades = [
        { id = early, type = european, option = call, strike = 100, expiry = 0.25 }
        { id = late, type = european, option = call, strike = 100, expiry = 1 }
        { id = asian, type = asian, option = put, averaging = arithmetic, strike = 100, expiry = 1 }
        { id = barrier, type = barrier, option = call, strike = 100, kind = up-out, barrier = 130,
          monitoring = 12, expiry = 1 }
      ]
      """;

  private static final String GRADIENTS =
      SLICED.replaceAll("(?s)\\{ id = barrier.*?\\}", "") + "sensitivities = [delta, xi]\n";

  private RunFixture fixture;
  private Path dir;
  private long told;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void prepare(@TempDir Path folder, SparkSession spark, WarehouseLocation warehouse) {
    fixture = new RunFixture(folder, spark, warehouse);
    dir = folder.resolve("checkpoints");
  }

  private JobSpec job(String text, String... settings) {
    Map<String, String> overrides = new HashMap<>();
    overrides.put("checkpoint.dir", dir.toString());
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    return fixture.load(text, overrides);
  }

  private RunOutcome run(String id, JobSpec job, Resume resume) {
    return run(id, job, resume, Double.POSITIVE_INFINITY);
  }

  /** Runs a job; its driver stops dead as soon as more than so many paths are done. */
  private RunOutcome run(String id, JobSpec job, Resume resume, double stopAfter) {
    Progress progress =
        new Progress() {
          private long done;

          @Override
          public void begin(long totalPaths) {}

          @Override
          public synchronized void advance(long paths, long pathSteps) {
            done += paths;
            told += paths;
            if (done > stopAfter) {
              throw new IllegalStateException("stopped by the test");
            }
          }

          @Override
          public void note(String text) {
            notes.add(text);
          }

          @Override
          public void close() {}
        };
    return new SparkJobRunner()
        .run(job, new RunOptions(id, RunFixture.AS_OF, Optional.empty(), progress, resume));
  }

  private List<List<Object>> results(String id) {
    List<List<Object>> rows = new ArrayList<>();
    for (String query :
        List.of(
            "select trade_id, pv, std_err from npv where run_id = '%s' order by trade_id",
            "select trade_id, factor, value, std_err from sensitivity where run_id = '%s'"
                + " order by trade_id, factor",
            "select estimator, dt, paths, value, std_err from convergence where run_id = '%s'"
                + " order by estimator, dt, paths",
            "select state, t, mean, std, q01, q50, q99 from path_summary where run_id = '%s'"
                + " order by state, t")) {
      rows.addAll(fixture.rows(query.formatted(id)));
    }
    return rows;
  }

  private List<List<Object>> undisturbed(String id, String text) {
    assertThat(fixture.run(id, text).succeeded()).isTrue();
    List<List<Object>> rows = results(id);
    assertThat(rows.size()).isGreaterThan(10);
    return rows;
  }

  private Path slice(String id, long number) {
    return dir.resolve(id).resolve("slice-%06d".formatted(number));
  }

  private List<String> slices(String id) {
    try (Stream<Path> children = Files.list(dir.resolve(id))) {
      return children.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String id, long number, String beginning) {
    try (Stream<Path> files = Files.list(slice(id, number))) {
      return files
          .filter(path -> path.getFileName().toString().startsWith(beginning))
          .min(Path::compareTo)
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRunInTimeSlicesHasTheNumbersOfTheWhole() {
    List<List<Object>> whole = undisturbed("sliced-whole", SLICED);
    RunOutcome outcome =
        run("sliced-5", job(SLICED, "checkpoint.every-steps", "5"), Resume.UNFINISHED);
    assertThat(outcome.error()).isEmpty();
    assertThat(results("sliced-5")).isEqualTo(whole);
    assertThat(told).isEqualTo(8000);
    assertThat(slices("sliced-5")).hasSize(2);
    assertThat(
            fixture.number(
                "select count(distinct step_first) from shard_lineage where run_id = 'sliced-5'"))
        .isEqualTo(5);
  }

  @Test
  void aRunThatStopsBetweenTwoSlicesGoesOnFromTheLast() {
    List<List<Object>> whole = undisturbed("stop-whole", SLICED);
    JobSpec job = job(SLICED, "checkpoint.every-steps", "6", "checkpoint.keep", "all");
    run("stop", job, Resume.UNFINISHED, 5000);
    assertThat(slices("stop")).contains("slice-000001", "slice-000002");
    // where it starts again, the backend may be another, and so may Spark's settings
    RunOutcome outcome = run("stop", job, Resume.ANY);
    assertThat(outcome.error()).isEmpty();
    assertThat(notes).anyMatch(note -> note.startsWith("resumes run stop at t = 0.5"));
    assertThat(results("stop")).isEqualTo(whole);
  }

  @Test
  void finishedShardsAreNotRunAgain() {
    List<List<Object>> whole = undisturbed("shards-whole", GRADIENTS);
    JobSpec job = job(GRADIENTS, "checkpoint.every-minutes", "0.00001");
    run("shards", job, Resume.UNFINISHED, 5000);
    RunOutcome outcome = run("shards", job, Resume.UNFINISHED);
    assertThat(outcome.error()).isEmpty();
    assertThat(notes)
        .anyMatch(note -> note.matches("resumes run shards with \\d+ of 16 shards done"));
    assertThat(results("shards")).isEqualTo(whole);
    List<List<Object>> lineage =
        fixture.rows(
            "select shard_first, shard_last from shard_lineage where run_id = 'shards'"
                + " order by shard_first");
    long next = 0;
    for (List<Object> row : lineage) {
      assertThat(row.get(0)).isEqualTo(next);
      next = (Long) row.get(1) + 1;
    }
    assertThat(next).isEqualTo(16);
  }

  @Test
  void aFinishedRunIsResumedFromItsTablesAloneOrDoneAgain() {
    JobSpec job = job(SLICED, "checkpoint.every-steps", "12");
    run("twice", job, Resume.UNFINISHED);
    List<List<Object>> first = results("twice");
    run("twice", job, Resume.ANY);
    assertThat(notes).contains("resumes run twice with 16 of 16 shards done");
    assertThat(results("twice")).isEqualTo(first);
    notes.clear();
    run("twice", job, Resume.UNFINISHED);
    assertThat(notes).isEmpty();
    assertThat(results("twice")).isEqualTo(first);
  }

  /** What happens to a file, and the word by which it is reported. */
  private void damaged(String id, String beginning, FileDamage damage) throws IOException {
    List<List<Object>> whole = undisturbed(id + "-whole", SLICED);
    JobSpec job = job(SLICED, "checkpoint.every-steps", "6", "checkpoint.keep", "all");
    run(id, job, Resume.UNFINISHED, 6500);
    assertThat(slices(id)).contains("slice-000003");
    Path file = file(id, 3, beginning);
    damage.on(file);
    ResultTable listed = new StoredSlices().list(dir.toString(), id, Map.of());
    assertThat(listed.rows().stream().map(row -> String.valueOf(row.get(8))))
        .anyMatch(health -> health.contains("slice-000003"));
    RunOutcome outcome = run(id, job, Resume.UNFINISHED);
    assertThat(outcome.error()).isEmpty();
    assertThat(notes)
        .anyMatch(note -> note.startsWith("checkpoint damaged: ") && note.contains("slice-000003"));
    assertThat(notes).anyMatch(note -> note.startsWith("resumes run " + id + " at t = 0.5"));
    assertThat(results(id)).isEqualTo(whole);
    assertThat(slices(id)).contains("damaged-slice-000003");
  }

  @FunctionalInterface
  private interface FileDamage {
    void on(Path file) throws IOException;
  }

  private static void forget(Path file) throws IOException {
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  private static void flip(Path file) throws IOException {
    forget(file); // the check of the local file system must not be the one that finds it
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bytes.length() / 2);
      int old = bytes.read();
      bytes.seek(bytes.length() / 2);
      bytes.write(old ^ 4);
    }
  }

  private static void truncate(Path file) throws IOException {
    forget(file);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(bytes.length() / 2);
    }
  }

  @Test
  void aFlippedBitInStatesIsFound() throws IOException {
    damaged("flipped", "part-", CheckpointTest::flip);
  }

  @Test
  void aFlippedBitInTheManifestIsFound() throws IOException {
    damaged("flipped-manifest", "manifest-", CheckpointTest::flip);
  }

  @Test
  void aTruncatedFileIsFound() throws IOException {
    damaged("truncated", "part-", CheckpointTest::truncate);
  }

  @Test
  void aMissingFileIsFound() throws IOException {
    damaged("missing", "part-", Files::delete);
  }

  @Test
  void withoutAnySoundSliceARunStartsAtTheBeginning() throws IOException {
    List<List<Object>> whole = undisturbed("none-whole", SLICED);
    JobSpec job = job(SLICED, "checkpoint.every-steps", "6", "checkpoint.keep", "1");
    run("none", job, Resume.UNFINISHED, 5000);
    assertThat(slices("none")).contains("slice-000002").doesNotContain("slice-000001");
    flip(file("none", 2, "part-"));
    assertThat(run("none", job, Resume.UNFINISHED).error()).isEmpty();
    assertThat(results("none")).isEqualTo(whole);
  }

  @Test
  void aJobThatWasChangedIsNotResumed() {
    JobSpec job = job(SLICED, "checkpoint.every-steps", "6");
    run("changed", job, Resume.UNFINISHED, 5000);
    JobSpec other = job(SLICED, "checkpoint.every-steps", "8", "model.parameters.xi", "0.8");
    assertThatThrownBy(() -> run("changed", other, Resume.UNFINISHED))
        .isInstanceOfSatisfying(
            BadJobException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("run changed was begun with another job"))
                    .contains("  model.parameters.xi: 0.5 before, 0.8 now"));
    assertThatThrownBy(() -> run(other.runId(RunFixture.AS_OF), other, Resume.ANY))
        .hasMessageContaining("run changed was begun")
        .hasMessageContaining("model.parameters.xi: 0.5 before, 0.8 now");
    assertThat(fixture.rows("select status from runs where run_id = 'changed'"))
        .containsExactly(List.of("FAILED"));
    assertThat(run("changed", other, Resume.NOTHING).error()).isEmpty();
  }

  @Test
  void resumingNeedsADirectory() {
    JobSpec job = fixture.load(SLICED, Map.of());
    assertThatThrownBy(() -> run("nowhere", job, Resume.ANY))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("--resume: nothing is kept without checkpoint.dir");
  }

  @Test
  void aBranchUnderTheSameParametersHasTheNumbersOfItsRun() {
    JobSpec job = job(SLICED, "checkpoint.every-steps", "6", "checkpoint.keep", "all");
    run("trunk", job, Resume.UNFINISHED);
    JobSpec same =
        job(SLICED, "checkpoint.every-steps", "6", "branch.run", "trunk", "branch.at", "0.5");
    RunOutcome outcome = run("same", same, Resume.UNFINISHED);
    assertThat(outcome.error()).isEmpty();
    assertThat(outcome.notes())
        .containsExactly(
            "1 of 4 trades expire by t = 0.5, where the branch begins: their values are in run"
                + " trunk");
    String late = "select pv, std_err from npv where trade_id <> 'early' and run_id = '%s'";
    assertThat(fixture.rows(late.formatted("same") + " order by trade_id"))
        .hasSize(3)
        .isEqualTo(fixture.rows(late.formatted("trunk") + " order by trade_id"));
    assertThat(same.runId(RunFixture.AS_OF)).isNotEqualTo(job.runId(RunFixture.AS_OF));
  }

  @Test
  void aBranchUnderOtherParametersStartsWherePathsStood() {
    JobSpec job = job(SLICED, "checkpoint.every-steps", "6", "checkpoint.keep", "all");
    run("stress-trunk", job, Resume.UNFINISHED);
    Slices stored = new Slices("stress-trunk");
    RunOutcome calm = run("calm", stored.job("model.parameters.xi", "0.5"), Resume.UNFINISHED);
    RunOutcome wild =
        run(
            "wild",
            stored.job("model.parameters.xi", "0.5", "model.parameters.theta", "0.25"),
            Resume.UNFINISHED);
    assertThat(calm.error()).isEmpty();
    assertThat(wild.error()).isEmpty();
    OptionalDouble before = pv("calm");
    OptionalDouble after = pv("wild");
    assertThat(after.orElseThrow()).isGreaterThan(before.orElseThrow() + 1);
    assertThat(before.orElseThrow()).isEqualTo(pv("stress-trunk").orElseThrow());
  }

  private OptionalDouble pv(String id) {
    return OptionalDouble.of(
        fixture.number("select pv from npv where trade_id = 'late' and run_id = '" + id + "'"));
  }

  /** The stored job of a run, branched at t = 0.5. */
  private final class Slices {
    private final String run;

    Slices(String run) {
      this.run = run;
    }

    JobSpec job(String... settings) {
      Map<String, String> overrides = new HashMap<>();
      overrides.put("branch.run", run);
      overrides.put("branch.at", "0.5");
      for (int i = 0; i < settings.length; i += 2) {
        overrides.put(settings[i], settings[i + 1]);
      }
      return new StoredSlices().job(dir.toString(), run, Map.of(), overrides).job();
    }
  }

  @Test
  void aBranchThatDoesNotFitSaysWhy() {
    JobSpec job = job(SLICED, "checkpoint.every-steps", "6", "checkpoint.keep", "all");
    run("fit-trunk", job, Resume.UNFINISHED);
    Slices stored = new Slices("fit-trunk");
    assertThatThrownBy(() -> run("fit-1", stored.job("branch.at", "0.6"), Resume.UNFINISHED))
        .hasMessageContaining("branch.at = 0.6: no slice there, expected one of [0.25, 0.5, 0.75]");
    assertThatThrownBy(
            () -> run("fit-2", stored.job("simulation.paths", "9000"), Resume.UNFINISHED))
        .hasMessageContaining(
            "simulation.paths, simulation.shard-size: 18 shards, expected the 16");
    assertThatThrownBy(() -> run("fit-3", stored.job("simulation.steps", "48"), Resume.UNFINISHED))
        .hasMessageContaining("expected the time grid of run fit-trunk up to t = 0.5");
    assertThatThrownBy(() -> run("fit-4", stored.job("branch.run", "unknown"), Resume.UNFINISHED))
        .hasMessageContaining("branch.run = unknown: no slice of its states is stored");
    assertThatThrownBy(() -> stored.job("sensitivities", "[delta]"))
        .hasMessageContaining("a branch starts at stored states")
        .hasMessageContaining("the reverse sweep of sensitivities [delta] spans the whole path");
  }

  @Test
  void aDirectoryThatTakesNothingDoesNotEndTheRun() throws IOException {
    List<List<Object>> whole = undisturbed("full-whole", SLICED);
    JobSpec job = job(SLICED, "checkpoint.every-steps", "6");
    Files.createDirectories(dir);
    // where the run's directory would be there is a file: every write fails, as on a full disk
    Files.writeString(dir.resolve("full"), "x");
    RunOutcome outcome = run("full", job, Resume.UNFINISHED);
    assertThat(outcome.error()).isEmpty();
    assertThat(notes).anyMatch(note -> note.startsWith("checkpoint 1 could not be written: "));
    assertThat(results("full")).isEqualTo(whole);
  }

  @Test
  void partsThatAreNotFinishedLeaveNoFile() throws IOException {
    SliceStore store = new SliceStore(dir.toString(), "parts", new Configuration());
    var range = new io.pathwise.spark.checkpoint.ShardRange(0, 1);
    try (var writer =
        new io.pathwise.spark.checkpoint.PartWriter(store.fileSystem(), store.path(1), range)) {
      writer.append(0, 2, new double[][] {{1, 2}}, new double[0][]);
    }
    try (Stream<Path> files = Files.list(slice("parts", 1))) {
      assertThat(files).isEmpty();
    }
  }
}
