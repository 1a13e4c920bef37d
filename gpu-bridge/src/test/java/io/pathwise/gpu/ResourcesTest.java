package io.pathwise.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.expr.Expr;
import io.pathwise.payoff.Claim;
import io.pathwise.sde.Sde;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.Solver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Devices are shared and given back. */
class ResourcesTest {
  private static final long MIB = 1 << 20;

  private static PathRun run() {
    Sde sde =
        Sde.ito("gbm")
            .parameters("sigma")
            .state("S", Expr.of(100))
            .drift((t, y) -> y.times(0.03))
            .diagonal((t, y) -> y.times(Expr.param("sigma")));
    return Solver.of(sde)
        .parameters(Map.of("sigma", 0.2))
        .step(1.0 / 12)
        .claim(Claim.value("end", sde.observables().get("S"), 1))
        .gradient("sigma")
        .plan()
        .fine();
  }

  private static double[] openAndRun(PathRun run) {
    return new OpenClExecutor()
        .open(run, Parity.UNGUARDED)
        .run(new Shard(0, 0, 4096), PathSink.NONE)
        .sums();
  }

  /** Runs what {@link #main} does in a JVM whose heap has all its pages from the start. */
  @Test
  void fiveHundredRunsDoNotGrowTheProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ResourcesTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String grown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(Long.parseLong(grown.strip())).as("MiB after 500 runs").isLessThan(50);
  }

  /** Prints by how many MiB 500 runs grow the process, after the first hundred. */
  public static void main(String[] arguments) throws IOException {
    PathRun run = run();
    for (int i = 0; i < 100; i++) {
      openAndRun(run);
    }
    long before = resident();
    for (int i = 0; i < 500; i++) {
      openAndRun(run);
    }
    System.out.println((resident() - before) / MIB);
  }

  /** Resident memory of this process, bytes. */
  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  private static void touchHeap() {
    List<byte[]> blocks = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] block = new byte[(int) MIB];
      Arrays.fill(block, (byte) 1);
      blocks.add(block);
    }
    assertThat(blocks).hasSize(300);
  }

  @Test
  void tasksShareADevice() throws Exception {
    PathRun run = run();
    double[] expected = openAndRun(run);
    ExecutorService tasks = Executors.newFixedThreadPool(4);
    try {
      List<Future<double[]>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        results.add(tasks.submit(() -> openAndRun(run)));
      }
      for (Future<double[]> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      tasks.shutdownNow();
    }
  }

  /** Arrays that the collector has moved between calls must not block it, nor change a number. */
  @Test
  void theCollectorMayMoveWhatAKernelReads() {
    var runner = new OpenClExecutor().open(run(), Parity.UNGUARDED);
    double[] expected = openAndRun(run());
    for (int i = 0; i < 20; i++) {
      touchHeap();
      System.gc();
      assertThat(runner.run(new Shard(0, 0, 4096), PathSink.NONE).sums()).isEqualTo(expected);
    }
  }

  @Test
  void aPoolThatIsFullGivesTheEldestProgramBack() {
    OpenClDevice device = OpenClDevices.all().get(0);
    String source = "__kernel void pathwise(__global int *a) { a[0] = %d; }";
    OpenClProgram first = ProgramPool.get(device, source.formatted(0));
    assertThat(ProgramPool.get(device, source.formatted(0))).isSameAs(first);
    for (int i = 1; i <= ProgramPool.CAPACITY; i++) {
      int[] answer = new int[1];
      ProgramPool.get(device, source.formatted(i))
          .run(1, 1, List.of(OpenClProgram.Argument.out(answer)));
      assertThat(answer[0]).isEqualTo(i);
    }
    assertThat(ProgramPool.get(device, source.formatted(0))).isNotSameAs(first);
  }
}
