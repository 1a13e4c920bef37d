package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.table.WarehouseLocation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs on an OpenCL device: what the tables say does not depend on it. */
@ExtendWith(SharedSpark.class)
class GpuRunTest {
  private static final Path DAX = Path.of("..", "examples", "dax-heston", "job.conf");

  private RunFixture fixture;
  private SparkSession spark;

  @BeforeEach
  void start(@TempDir Path folder, SparkSession session, WarehouseLocation warehouse) {
    spark = session;
    fixture = new RunFixture(folder, session, warehouse);
  }

  private void run(String id, JobSpec job) {
    RunOutcome outcome = fixture.run(id, job, Progress.none());
    assertThat(outcome.error()).isEmpty();
  }

  private List<List<Object>> rows(String id, String columns, String table) {
    return fixture.rows(
        "select %s from %s where run_id = '%s' order by all".formatted(columns, table, id));
  }

  @Test
  void theDaxExampleGivesTheSameRowsAsOnTheCpu() {
    Map<String, String> paths = Map.of("simulation.paths", "30000");
    run("dax-cpu", fixture.load(DAX, with(paths, "cpu")));
    run("dax-gpu", fixture.load(DAX, with(paths, "gpu")));
    for (String table : List.of("npv", "sensitivity", "convergence")) {
      String columns = "* except (run_id, created_at)";
      assertThat(rows("dax-gpu", columns, table))
          .as(table)
          .isNotEmpty()
          .isEqualTo(rows("dax-cpu", columns, table));
    }
    assertThat(rows("dax-gpu", "backend", "runs")).containsExactly(List.of("gpu"));
    assertThat(rows("dax-gpu", "device", "shard_lineage").get(0).get(0).toString())
        .isEqualTo(rows("dax-gpu", "device", "runs").get(0).get(0).toString())
        .contains(Executors.named("gpu").devices().get(0).name());
  }

  private static Map<String, String> with(Map<String, String> settings, String backend) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("simulation.backend", backend);
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"double", "single"})
  void simulationsGiveTheSameSummaries(String precision) {
    Map<String, String> settings = Map.of("simulation.precision", precision);
    for (String backend : List.of("cpu", "gpu")) {
      run(precision + backend, fixture.load(RunFixture.PREDATOR_PREY, with(settings, backend)));
    }
    String columns = "* except (run_id, created_at)";
    assertThat(rows(precision + "gpu", columns, "path_summary"))
        .isNotEmpty()
        .isEqualTo(rows(precision + "cpu", columns, "path_summary"));
  }

  @Test
  void autoSaysInItsRowWhatItTookAndWhy() {
    run("auto", fixture.load(RunFixture.BLACK_SCHOLES, Map.of()));
    assertThat(rows("auto", "backend", "runs").get(0).get(0).toString())
        .matches("(cpu|gpu\\+cpu) \\(auto: .+\\)");
  }

  private byte[] bytes(JobSpec job, String backend) {
    return bytes(job, backend, 4);
  }

  private byte[] bytes(JobSpec job, String backend, int tasks) {
    ShardWork work = ShardWork.of(JobPlan.of(job), backend);
    return TaskResult.bytes(
        new ShardedRun(spark.sparkContext(), work, Optional.empty(), OptionalInt.of(tasks))
            .run(Start.fresh(work), Progress.none()));
  }

  @Test
  void aDeviceLostInMidRunCostsAnAttemptAndNoDigit() {
    JobSpec job = fixture.load(RunFixture.BLACK_SCHOLES, Map.of());
    LosingExecutor.LOSSES.set(2);
    assertThat(bytes(job, LosingExecutor.NAME)).isEqualTo(bytes(job, "cpu"));
    assertThat(LosingExecutor.LOSSES.get()).isZero();
  }

  @Test
  void aTaskThatIsTriedFourTimesGivesTheSameBits() {
    JobSpec job = fixture.load(RunFixture.BLACK_SCHOLES, Map.of());
    LosingExecutor.LOSSES.set(3); // of one task, whose fourth attempt is the last it has
    assertThat(bytes(job, LosingExecutor.NAME, 1)).isEqualTo(bytes(job, "cpu"));
    assertThat(LosingExecutor.LOSSES.get()).isZero();
  }

  @Test
  void aDeviceThatIsLostAgainAndAgainFailsTheRun() {
    JobSpec job = fixture.load(RunFixture.BLACK_SCHOLES, Map.of());
    LosingExecutor.LOSSES.set(1000);
    assertThatThrownBy(() -> bytes(job, LosingExecutor.NAME))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("the device is lost");
    LosingExecutor.LOSSES.set(0);
  }

  @Test
  void theCoresMayTakeShardsOfADevice() {
    JobSpec job = fixture.load(RunFixture.BLACK_SCHOLES, Map.of());
    assertThat(bytes(job, "gpu+cpu")).isEqualTo(bytes(job, "cpu"));
  }
}
