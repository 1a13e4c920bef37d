package io.pathwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** JMH's annotation processor runs beside Error Prone. */
class BenchmarkListTest {

  @Test
  void jmhFindsTheBenchmarks() {
    var silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    Set<?> found =
        BenchmarkList.defaultList().find(silent, java.util.List.of(".*"), java.util.List.of());
    assertThat(found).isNotEmpty();
  }
}
