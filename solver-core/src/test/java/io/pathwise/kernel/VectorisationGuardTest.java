package io.pathwise.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Generated loops are in vector form: without C2's superword pass, whole kernels must take at least
 * twice as long. The ratio is of two JVMs on the same machine, each by its least of many times.
 */
class VectorisationGuardTest {

  private static void requireAvx2() throws IOException {
    Path cpu = Path.of("/proc/cpuinfo");
    assumeTrue(
        Files.exists(cpu) && Files.readString(cpu).contains("avx2"),
        "no AVX2: nothing to compare on this CPU");
  }

  private static long nanoseconds(String flag, String... gradient)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(flag);
    command.add("-Xmx512m");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(VectorisationProbe.class.getName());
    command.addAll(List.of(gradient));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(printed).isZero();
    return Long.parseLong(printed);
  }

  @Test
  void theForwardKernelIsAtLeastTwiceAsFastAsItsScalarForm()
      throws IOException, InterruptedException {
    requireAvx2();
    long vector = nanoseconds("-XX:+UseSuperWord");
    long scalar = nanoseconds("-XX:-UseSuperWord");
    assertThat((double) scalar / vector).as("scalar over vector time").isGreaterThan(2);
  }

  @Test
  void theReverseKernelIsAtLeastTwiceAsFastAsItsScalarForm()
      throws IOException, InterruptedException {
    requireAvx2();
    String[] gradient = {"v0", "kappa", "theta", "xi", "rho"};
    long vector = nanoseconds("-XX:+UseSuperWord", gradient);
    long scalar = nanoseconds("-XX:-UseSuperWord", gradient);
    assertThat((double) scalar / vector).as("scalar over vector time").isGreaterThan(2);
  }
}
