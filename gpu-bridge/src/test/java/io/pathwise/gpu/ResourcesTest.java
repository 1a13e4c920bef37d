package io.pathwise.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.expr.Expr;
import io.pathwise.payoff.Claim;
import io.pathwise.sde.Sde;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardRunner;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Runs what {@link #main} does in a JVM of its own and gives what it prints. */
  private static long inAnotherJvm(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options).subList(1, options.length));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(ResourcesTest.class.getName());
    command.add(options[0]);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return Long.parseLong(printed.strip());
  }

  /** The heap has all its pages from the start. */
  @Test
  void fiveHundredRunsDoNotGrowTheProcess() throws Exception {
    assertThat(inAnotherJvm("growth", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"))
        .as("MiB after 500 runs")
        .isLessThan(50);
  }

  /** The collector must wait for a kernel rather than move what it works on. */
  @ParameterizedTest
  @ValueSource(strings = {"ParallelGC", "G1GC"})
  void theCollectorMayRunWhileAKernelRuns(String collector) throws Exception {
    assertThat(inAnotherJvm("collector", "-Xmx512m", "-XX:+Use" + collector))
        .as("wrong results of 200")
        .isZero();
  }

  /** What other JVMs do for the tests above. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(arguments[0].equals("growth") ? growth() : wrongUnderCollection());
  }

  /** By how many MiB 500 runs grow the process, after the first hundred. */
  private static long growth() throws IOException {
    PathRun run = run();
    for (int i = 0; i < 100; i++) {
      openAndRun(run);
    }
    long before = resident();
    for (int i = 0; i < 500; i++) {
      openAndRun(run);
    }
    return (resident() - before) / MIB;
  }

  /** How many results of 200 calls differ while another thread keeps the collector busy. */
  private static long wrongUnderCollection() {
    PathRun run = run();
    List<Shard> shards = Shard.range(0, 8, 8 * 4096, 4096);
    double[] expected = last(new OpenClExecutor().open(run, Parity.UNGUARDED), shards);
    Thread churn =
        new Thread(
            () -> {
              byte[][] blocks = new byte[64][];
              for (int i = 0; true; i++) {
                blocks[i % blocks.length] = new byte[100_000];
              }
            });
    churn.setDaemon(true);
    churn.start();
    long wrong = 0;
    for (int i = 0; i < 100; i++) {
      ShardRunner runner = new OpenClExecutor().open(run, Parity.UNGUARDED);
      for (int j = 0; j < 2; j++) {
        if (!Arrays.equals(last(runner, shards), expected)) {
          wrong++;
        }
      }
    }
    return wrong;
  }

  private static double[] last(ShardRunner runner, List<Shard> shards) {
    return runner.run(shards, PathSink.NONE).get(shards.size() - 1).sums();
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
    String source =
        "__kernel void run(__global int *a, __global int *memory, int passid) { a[0] = %d; }";
    OpenClProgram first = ProgramPool.get(device, source.formatted(0));
    assertThat(ProgramPool.get(device, source.formatted(0))).isSameAs(first);
    for (int i = 1; i <= ProgramPool.CAPACITY; i++) {
      int[] answer = new int[1];
      ProgramPool.get(device, source.formatted(i))
          .run(1, 1, List.of(NativeKernel.Argument.out(answer)), 1);
      assertThat(answer[0]).isEqualTo(i);
    }
    assertThat(ProgramPool.get(device, source.formatted(0))).isNotSameAs(first);
  }
}
