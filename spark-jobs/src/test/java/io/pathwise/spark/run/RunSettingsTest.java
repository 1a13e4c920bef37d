package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.table.WarehouseLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Where numbers and steps come from, boundaries and precision, with slices and path tables. */
@ExtendWith(SharedSpark.class)
class RunSettingsTest {
  private static final String SOBOL = "simulation.sampling.method = sobol\n";
  private static final String STRATIFIED = "simulation.sampling.method = stratified\n";
  private static final String ADAPTIVE =
      "simulation.step-control { method = adaptive, rtol = 1e-2, atol = 1e-2 }\n";
  private static final String BOUNDARY =
      "simulation.boundary { state = hare, level = \"990*b\", side = below, action = stop }\n";
  private static final String SINGLE = "simulation.precision = single\n";

  private static final String JOB =
      RunFixture.PREDATOR_PREY
          + "simulation { paths = 2048, shard-size = 512, steps = 24, times = [1.5, 3] }\n";

  private RunFixture fixture;
  private SparkSession spark;
  private Path folder;

  @BeforeEach
  void prepare(@TempDir Path temporary, SparkSession session, WarehouseLocation warehouse) {
    folder = temporary;
    spark = session;
    fixture = new RunFixture(temporary, session, warehouse);
  }

  private List<List<Object>> summary(String id, String job, Map<String, String> settings) {
    RunOutcome outcome = fixture.run(id, fixture.load(job, settings), Progress.none());
    assertThat(outcome.error()).isEmpty();
    return fixture.rows(
        ("select state, t, mean, std, q01, q50, q99 from path_summary where run_id = '%s'"
                + " order by state, t")
            .formatted(id));
  }

  private Dataset<Row> paths(String text, String... options) {
    try {
      Path file = Files.writeString(folder.resolve("paths.conf"), text);
      Map<String, String> all = new HashMap<>(Map.of("job", file.toString()));
      for (int i = 0; i < options.length; i += 2) {
        all.put(options[i], options[i + 1]);
      }
      return spark.read().format("pathwise").options(all).load();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SOBOL,
        STRATIFIED,
        ADAPTIVE,
        ADAPTIVE + SINGLE,
        BOUNDARY,
        BOUNDARY + SINGLE,
        BOUNDARY + ADAPTIVE,
        BOUNDARY + SOBOL
      })
  void slicesAndPathTablesHaveTheNumbersOfTheRun(String settings) {
    String job = JOB + settings;
    List<List<Object>> whole = summary("whole", job, Map.of());
    Map<String, String> slices =
        Map.of("checkpoint.dir", folder.resolve("kept").toString(), "checkpoint.every-steps", "10");
    assertThat(summary("sliced", job, slices)).isEqualTo(whole);
    Dataset<Row> table = paths(job).cache();
    for (List<Object> row : whole) {
      String column = "`" + row.get(0) + "`";
      double mean =
          table.filter("t = " + row.get(1)).selectExpr("avg(" + column + ")").first().getDouble(0);
      double expected = (Double) row.get(2);
      assertThat(mean).as("%s", row).isCloseTo(expected, within(1e-11 * Math.abs(expected)));
    }
    assertThat(paths(job).where("path = 700 and t = 3.0").first())
        .isEqualTo(table.where("path = 700 and t = 3.0").first());
    table.unpersist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "method = antithetic",
        "control = auto",
        "method = antithetic, control = auto",
        "method = importance, theta = [0.5]"
      })
  void anEstimateInSlicesHasTheNumbersOfTheWhole(String estimator) {
    String job =
        RunFixture.BLACK_SCHOLES
            + "sensitivities = []\nsimulation { paths = 4096, shard-size = 512 }\n"
            + "simulation.estimator { "
            + estimator
            + " }\n";
    assertThat(fixture.run("estimate", job).error()).isEmpty();
    Map<String, String> slices =
        Map.of("checkpoint.dir", folder.resolve("kept").toString(), "checkpoint.every-steps", "3");
    RunOutcome sliced = fixture.run("estimate-sliced", fixture.load(job, slices), Progress.none());
    assertThat(sliced.error()).isEmpty();
    String rows = "select trade_id, pv, std_err from npv where run_id = '%s' order by trade_id";
    assertThat(fixture.rows(rows.formatted("estimate-sliced")))
        .hasSize(4)
        .isEqualTo(fixture.rows(rows.formatted("estimate")));
  }

  @Test
  void whetherAndWhenPathsStopIsSummarised() {
    List<List<Object>> rows = summary("stopped", JOB + BOUNDARY, Map.of());
    assertThat(rows.stream().map(row -> row.get(0).toString()).distinct())
        .containsExactly("hare", "lynx", "stop.hare.alive", "stop.hare.time");
    double alive = (Double) rows.get(5).get(2);
    double time = (Double) rows.get(7).get(2);
    assertThat(alive).isBetween(0.05, 0.95);
    assertThat(time).isBetween(3 * alive, 3.0);
  }

  @Test
  void aTableOfPathsOfAValuedJobTakesItsSampling() {
    String job = RunFixture.BLACK_SCHOLES + "simulation.paths = 8192\n" + SOBOL;
    assertThat(paths(job).where("path < 5").count()).isEqualTo(5);
  }

  @Test
  void aTableOfPathsRefusesWhatHasNoSinglePathsOrNoDevice() {
    assertThatThrownBy(
            () ->
                paths(RunFixture.BLACK_SCHOLES + "simulation.estimator.method = antithetic")
                    .count())
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("simulation.estimator.method = antithetic")
        .hasMessageContaining("expected plain");
    assertThatThrownBy(() -> paths(JOB + ADAPTIVE + "simulation.backend = gpu").count())
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("simulation.backend = gpu: not on GPU: paths that choose");
  }

  @Test
  void pathsThatChooseTheirStepsStayOnTheCpu() {
    summary("auto", JOB + ADAPTIVE + "simulation.backend = auto", Map.of());
    assertThat(fixture.rows("select backend from runs where run_id = 'auto'"))
        .containsExactly(
            List.of("cpu (auto: not on GPU: paths that choose their steps run on the CPU alone)"));
    assertThatThrownBy(() -> fixture.run("gpu", JOB + ADAPTIVE + "simulation.backend = gpu"))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining(
            "simulation.backend = gpu: not on GPU: paths that choose their steps run on the CPU"
                + " alone");
  }

  @Test
  void whatTheSolverRefusesIsWrongWithTheJob() {
    String job =
        """
        job = simulate
        model {
          type = fractional-ou
          parameters { x0 = 0, kappa = 1, theta = 0, sigma = 1, hurst = 0.3 }
        }
        simulation { paths = 512, horizon = 1, steps = 1200, times = [0.12345, 1] }
        """;
    assertThatThrownBy(() -> fixture.run("refused", job))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining(
            "model, simulation: fractional Brownian motion on 1201 unequal steps");
  }
}
