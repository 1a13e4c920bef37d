package io.pathwise.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.job.JobSpec;
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

@ExtendWith(SharedSpark.class)
class PathwiseSourceTest {
  private static final String JOB =
      """
      job = simulate
      model {
        type = heston
        parameters { spot = 100, v0 = 0.04, kappa = 1.5, theta = 0.06, xi = 0.5, rho = -0.7 }
        parameters { r = 0.03, q = 0 }
      }
      simulation {
        paths = 3000, seed = 3, horizon = 1, steps = 20, shard-size = 512, times = [0.25, 0.5, 1]
      }
      """;

  private SparkSession spark;
  private Path file;

  @BeforeEach
  void prepare(@TempDir Path folder, SparkSession session) throws IOException {
    spark = session;
    file = Files.writeString(folder.resolve("job.conf"), JOB);
  }

  private Dataset<Row> paths(String... options) {
    Map<String, String> all = new HashMap<>();
    all.put("job", file.toString());
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return spark.read().format("pathwise").options(all).load();
  }

  private static String plan(Dataset<Row> query) {
    return query
        .queryExecution()
        .explainString(org.apache.spark.sql.execution.ExplainMode.fromString("extended"));
  }

  /** The same paths from the solver itself. */
  private Solution solution() {
    JobSpec job = JobFile.load(file, Map.of());
    return Solver.of(job.model().sde())
        .parameters(job.model().parameters())
        .scheme(job.simulation().scheme())
        .step(job.simulation().step())
        .seed(job.simulation().seed())
        .observe("S", 0.25, 0.5, 1)
        .observe("v", 0.25, 0.5, 1)
        .shardSize(512)
        .solve(3000);
  }

  @Test
  void aRowIsAPathAtATimeWithTheBitsOfTheSolver() {
    Dataset<Row> rows = paths();
    assertThat(rows.columns()).startsWith("path", "t").contains("S", "v");
    Solution solution = solution();
    for (double t : new double[] {0.25, 0.5, 1}) {
      List<Row> at =
          rows.filter("t = " + t).orderBy("path").select("path", "S", "v").collectAsList();
      double[] price = solution.paths("S", t);
      double[] variance = solution.paths("v", t);
      assertThat(at).hasSize(3000);
      for (int i = 0; i < 3000; i++) {
        assertThat(at.get(i).getLong(0)).isEqualTo(i);
        assertThat(at.get(i).getDouble(1)).isEqualTo(price[i]);
        assertThat(at.get(i).getDouble(2)).isEqualTo(variance[i]);
      }
    }
  }

  @Test
  void aPathIsTheSameHoweverLittleIsAskedOfIt() {
    Row whole = paths().filter("path = 1234 and t = 0.5").select("S").first();
    assertThat(
            paths()
                .where("path between 1200 and 1300 and t < 0.7 and t > 0.3")
                .filter("path = 1234")
                .select("S")
                .first())
        .isEqualTo(whole);
    assertThat(
            paths("times", "0.5")
                .where("path in (7, 1234)")
                .orderBy("path")
                .select("S")
                .collectAsList()
                .get(1))
        .isEqualTo(whole);
    assertThat(paths("times", "all").where("path = 1234 and t = 0.5").select("S").first())
        .isEqualTo(whole);
    assertThat(
            paths("set.simulation.paths", "2000")
                .where("path = 1234 and t = 0.5")
                .select("S")
                .first())
        .isEqualTo(whole);
  }

  @Test
  void columnsPathsAndTimesThatAreNotNeededAreNotSimulated() {
    Dataset<Row> query =
        paths().where("path >= 1000 and path < 1010 and t <= 0.5").select("t", "S");
    assertThat(plan(query))
        .contains("paths 1000 to 1009 of 3000")
        .contains("t in [0.25, 0.5]")
        .contains("columns [t, S]")
        .doesNotContain("Filter (path")
        .contains("ColumnarToRow");
    assertThat(query.count()).isEqualTo(20);
    assertThat(query.rdd().getNumPartitions()).isEqualTo(1);
    assertThat(paths().where("path in (5, 700, 2999) and t = 1").count()).isEqualTo(3);
    assertThat(paths().where("path > 5000").count()).isZero();
    assertThat(paths().where("path < 0").count()).isZero();
    assertThat(paths().where("t > 2").count()).isZero();
    assertThat(paths().where("path = 10").select("path").distinct().count()).isEqualTo(1);
  }

  @Test
  void aTimeFilterStopsTheSimulationThere() {
    PathTable table = PathTable.of(Map.of("job", file.toString()));
    assertThat(table.plan().reading(List.of("S"), List.of(0.25)).orElseThrow().pathSteps(1))
        .isEqualTo(5);
    assertThat(table.plan().reading(List.of("S"), List.of(1.0)).orElseThrow().pathSteps(1))
        .isEqualTo(20);
    assertThat(table.plan().reading(List.of(), List.of(1.0))).isEmpty();
  }

  @Test
  void otherFiltersStayWithSpark() {
    Dataset<Row> query = paths().where("S > 110 and t = 1 and path <> 3");
    assertThat(plan(query)).contains("Filter").contains("t in [1.0]");
    assertThat(query.select("S").collectAsList()).allMatch(row -> row.getDouble(0) > 110);
  }

  @Test
  void sqlReadsPathsThroughAView() {
    spark.sql("CREATE OR REPLACE TEMPORARY VIEW paths USING pathwise OPTIONS (job '" + file + "')");
    Row row =
        spark
            .sql(
                "SELECT t, avg(S), count(*), min(path), max(path) FROM paths WHERE t = 0.5 GROUP BY t")
            .first();
    assertThat(row.getDouble(1)).isCloseTo(solution().value("S@0.5").mean(), within(1e-9));
    assertThat(row.getLong(2)).isEqualTo(3000);
    assertThat(row.getLong(4)).isEqualTo(2999);
    spark.sql("DROP VIEW paths");
  }

  @Test
  void pathsThatBecomeNanFailTheQueryOrAreLeftOut() throws IOException {
    Files.writeString(
        file,
        """
        job = simulate
        model {
          type = formula, calculus = ito, noise = diagonal
          parameters { a = 1 }
          states { x = 1 }, drift { x = "a*log(x)" }, diffusion { x = "1" }
        }
        simulation { paths = 600, seed = 1, horizon = 1, steps = 10, shard-size = 512 }
        """);
    assertThatThrownBy(() -> paths().select("x").collectAsList())
        .hasStackTraceContaining("state x is NaN at t = ");
    long left = paths("set.simulation.on-nan", "drop").select("path").count();
    assertThat(left).isBetween(1L, 599L);
    assertThat(paths("set.simulation.on-nan", "drop").filter("isnan(x)").count()).isZero();
    assertThat(paths("set.simulation.on-nan", "drop").select("x").count()).isEqualTo(left);
  }

  @Test
  void wrongOptionsAreAllNamedAtOnce() {
    assertThatThrownBy(() -> paths("tims", "1", "colour", "red"))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("option tims = '1': unknown, expected one of job, times, set.")
        .hasMessageContaining("option colour = 'red': unknown");
    assertThatThrownBy(() -> paths("times", "0, 2, x"))
        .hasMessageContaining("option times: '0'")
        .hasMessageContaining(
            "option times: ' 2', expected years above 0 and at most the horizon 1.0")
        .hasMessageContaining("option times: ' x'");
    assertThatThrownBy(() -> paths("set.simulation.paths", "0", "set.model.parameters.rho", "2"))
        .hasMessageContaining("simulation.paths")
        .hasMessageContaining("model.parameters.rho");
    assertThatThrownBy(() -> spark.read().format("pathwise").load())
        .hasMessageContaining("option job: missing");
  }
}
