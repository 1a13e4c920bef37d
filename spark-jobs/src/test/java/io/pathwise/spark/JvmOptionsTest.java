package io.pathwise.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** conf/jvm-options follows the Spark version in use. */
class JvmOptionsTest {

  private static final String VECTOR_MODULE = "--add-modules=jdk.incubator.vector";

  @Test
  void theLauncherGivesTheFlagsThatSparkAsksForExceptTheVectorModule() throws IOException {
    Path file = Path.of(System.getProperty("pathwise.root"), "conf", "jvm-options");
    List<String> written =
        Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
    List<String> asked =
        Stream.of(JavaModuleOptions.defaultModuleOptions().split(" ", -1))
            .filter(option -> !option.equals(VECTOR_MODULE))
            .toList();
    assertThat(written).containsExactlyElementsOf(asked);
  }
}
