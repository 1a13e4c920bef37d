package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.kernel.KernelCache;
import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.table.WarehouseLocation;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class WarmStartTest {

  private static JobSpec job(
      Path folder, SparkSession spark, WarehouseLocation warehouse, String weight) {
    return new RunFixture(folder, spark, warehouse)
        .load(
            RunFixture.PREDATOR_PREY.replace("a - b*lynx", "a - " + weight + "*b*lynx"), Map.of());
  }

  @Test
  void kernelsOfALocalRunAreCompiledBeforeItsTasksBegin(
      @TempDir Path folder, SparkSession spark, WarehouseLocation warehouse)
      throws InterruptedException {
    JobSpec job = job(folder, spark, warehouse, "1.0625");
    long before = KernelCache.shared().compilations();
    WarmStart warm = WarmStart.of(job, "local[2]", "cpu");
    for (int i = 0; i < 600 && KernelCache.shared().compilations() < before + 2; i++) {
      Thread.sleep(50);
    }
    warm.end();
    assertThat(KernelCache.shared().compilations()).isEqualTo(before + 2);
  }

  @Test
  void aDriverWhoseTasksRunElsewhereCompilesNothing(
      @TempDir Path folder, SparkSession spark, WarehouseLocation warehouse)
      throws InterruptedException {
    JobSpec job = job(folder, spark, warehouse, "1.03125");
    long before = KernelCache.shared().compilations();
    WarmStart.of(job, "spark://host:7077", "cpu").end();
    Thread.sleep(300);
    assertThat(KernelCache.shared().compilations()).isEqualTo(before);
  }
}
