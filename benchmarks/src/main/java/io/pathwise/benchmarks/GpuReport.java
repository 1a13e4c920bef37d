package io.pathwise.benchmarks;

import io.pathwise.kernel.Precision;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.DeviceRequest;
import io.pathwise.solve.ParityCheck;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardExecutor;
import io.pathwise.solve.ShardRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * The figures of docs/gpu.md: nanoseconds a path-step on an OpenCL device and on all cores with the
 * CPU kernels, in one run; what a call costs; operations and bytes a path-step.
 */
public final class GpuReport {
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 7;
  private static final double SECONDS = 0.7;

  private GpuReport() {}

  /** Prints the report for the device named by the first argument. */
  public static void main(String[] arguments) throws Exception {
    ShardExecutor gpu =
        ShardExecutor.installed().filter(e -> e.backend().equals("gpu")).findFirst().orElseThrow();
    Optional<String> name = arguments.length > 0 ? Optional.of(arguments[0]) : Optional.empty();
    DeviceRequest request = new DeviceRequest(name, Optional.empty(), ParityCheck.OFF);
    int cores = Runtime.getRuntime().availableProcessors();
    print("device: %s; CPU kernels: %d cores%n%n", gpu.device(request).description(), cores);
    print(
        "| problem | flops | 64-bit integer operations | bytes | device, ns | cores, ns | ratio"
            + " | path-steps/s | first open, ms | open, ms | call, us |%n");
    print("|---|---|---|---|---|---|---|---|---|---|---|%n");
    Map<String, PathRun> problems = new LinkedHashMap<>();
    for (Precision precision : Precision.values()) {
      String kind = precision.name().toLowerCase(Locale.ROOT);
      problems.put("GBM, " + kind, Setup.gbm(precision));
      problems.put("Heston, " + kind, Setup.heston(precision, List.of()));
      problems.put(
          "Heston and 5 derivatives, " + kind,
          Setup.heston(precision, List.of("v0", "kappa", "theta", "xi", "rho")));
    }
    for (Map.Entry<String, PathRun> problem : problems.entrySet()) {
      row(problem.getKey(), problem.getValue(), gpu, request, cores);
    }
  }

  private static void row(
      String name, PathRun run, ShardExecutor gpu, DeviceRequest request, int cores)
      throws Exception {
    long begun = System.nanoTime();
    ShardRunner device = gpu.open(run, request);
    double firstOpen = (System.nanoTime() - begun) * 1e-6;
    begun = System.nanoTime();
    gpu.open(run, request);
    double open = (System.nanoTime() - begun) * 1e-6;
    int batch = device.batch();
    double call =
        least(10, count -> repeat(count, () -> device.run(new Shard(0, 0, 1), PathSink.NONE)));
    double onDevice =
        least(1, count -> repeat(count, () -> device.run(shards(batch), PathSink.NONE)))
            / (batch * (double) Setup.PATHS * Setup.STEPS);
    ExecutorService threads = Executors.newFixedThreadPool(cores);
    double onCores;
    try {
      List<ShardRunner> runners = new ArrayList<>();
      for (int i = 0; i < cores; i++) {
        runners.add(new CpuExecutor().open(run));
      }
      onCores =
          least(1, count -> inParallel(threads, runners, count))
              / (cores * (double) Setup.PATHS * Setup.STEPS);
    } finally {
      threads.shutdown();
    }
    OperationCount cost = OperationCount.of(run.program());
    print(
        "| %s | %.0f | %.0f | %.0f | %.2f | %.2f | %.2f | %.3g | %.0f | %.1f | %.0f |%n",
        name,
        cost.flops(),
        cost.words(),
        cost.bytes(),
        onDevice,
        onCores,
        onDevice / onCores,
        1e9 / onDevice,
        firstOpen,
        open,
        call * 1e-3);
  }

  private static List<Shard> shards(int count) {
    return Shard.range(0, count, (long) count * Setup.PATHS, Setup.PATHS);
  }

  private static void repeat(long count, Runnable work) {
    for (long i = 0; i < count; i++) {
      work.run();
    }
  }

  private static void inParallel(ExecutorService threads, List<ShardRunner> runners, long count) {
    List<Future<?>> running = new ArrayList<>();
    for (ShardRunner runner : runners) {
      running.add(
          threads.submit(() -> repeat(count, () -> runner.run(shards(1).get(0), PathSink.NONE))));
    }
    for (Future<?> future : running) {
      try {
        future.get();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The least nanoseconds of one repetition over some rounds. */
  private static double least(long first, LongConsumer work) {
    long count = first;
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      long begun = System.nanoTime();
      work.accept(count);
      double nanos = System.nanoTime() - begun;
      least = round < WARM_UP ? least : Math.min(least, nanos / count);
      count = Math.max(1, (long) (count * SECONDS * 1e9 / nanos));
    }
    return least;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
