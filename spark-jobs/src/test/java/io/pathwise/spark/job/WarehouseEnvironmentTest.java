package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PATHWISE_WAREHOUSE, in a process that has it. */
class WarehouseEnvironmentTest {

  /** Prints the warehouse of the process's environment. */
  static final class Printer {
    private Printer() {}

    public static void main(String[] arguments) {
      System.out.print(SessionSettings.load(Map.of()).warehouse());
    }
  }

  @Test
  @Timeout(60)
  void theEnvironmentSetsTheWarehouse() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java, "-cp", System.getProperty("java.class.path"), Printer.class.getName());
    builder.environment().put("PATHWISE_WAREHOUSE", "hdfs://host:9000/w");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    assertThat(out).isEqualTo("hdfs://host:9000/w");
  }
}
