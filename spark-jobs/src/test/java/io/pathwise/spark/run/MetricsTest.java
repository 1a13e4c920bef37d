package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.metrics.PathwisePlugin;
import io.pathwise.spark.table.WarehouseLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

@ExtendWith(SharedSpark.class)
class MetricsTest {

  /** The gauges of the plugin in Spark's metrics system, executor and driver. */
  private static Map<String, Long> gauges() {
    Map<String, Long> values = new TreeMap<>();
    String source = "plugin." + PathwisePlugin.class.getName();
    CollectionConverters.asJava(SparkEnv.get().metricsSystem().getSourcesByName(source))
        .forEach(
            found -> {
              MetricRegistry registry = found.metricRegistry();
              registry
                  .getGauges()
                  .forEach(
                      (name, gauge) ->
                          values.merge(name, (Long) ((Gauge<?>) gauge).getValue(), Math::max));
            });
    return values;
  }

  @Test
  void executorsCountPathsAndStepsAndTheDriverShowsThem(
      @TempDir Path folder, SparkSession spark, WarehouseLocation warehouse) throws Exception {
    RunFixture fixture = new RunFixture(folder, spark, warehouse);
    Map<String, Long> before = gauges();
    assertThat(before).containsKeys("paths", "pathSteps", "nanPaths", "kernelCompileMs");
    fixture.run("metrics", RunFixture.BLACK_SCHOLES);
    Map<String, Long> after = gauges();
    assertThat(after.get("paths") - before.get("paths")).isEqualTo(40_000);
    assertThat(after.get("pathSteps") - before.get("pathSteps")).isEqualTo(40_000 * 12);
    for (int i = 0; i < 100 && !gauges().containsKey("executor.driver.pathSteps"); i++) {
      Thread.sleep(50); // the report of a task travels apart from its result
    }
    assertThat(gauges()).containsKey("executor.driver.pathSteps");
    assertThat(fixture.rows("select progress, status from runs where run_id = 'metrics'"))
        .containsExactly(List.of(1.0, "DONE"));
  }

  @Test
  void tasksShareTheGpusOfTheirExecutor() {
    SparkConf conf = new SparkConf(false).set("spark.executor.cores", "8");
    assertThat(PathResources.share(conf)).isEmpty();
    conf.set("spark.executor.resource.gpu.amount", "1");
    assertThat(PathResources.share(conf)).contains(0.125);
    conf.set("spark.executor.resource.gpu.amount", "3");
    assertThat(PathResources.share(conf)).contains(1.0 / 3);
    conf.set("spark.executor.resource.gpu.amount", "8").set("spark.task.cpus", "4");
    assertThat(PathResources.share(conf)).contains(4.0);
    conf.set("spark.task.resource.gpu.amount", "1");
    assertThat(PathResources.share(conf)).isEmpty();
  }
}
