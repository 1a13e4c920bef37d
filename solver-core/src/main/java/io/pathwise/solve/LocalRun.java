package io.pathwise.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Runs all shards of a simulation on threads of this JVM. */
final class LocalRun {
  private final SimulationPlan plan;
  private final long paths;
  private final int shardSize;
  private final PathSink sink;
  private final ShardExecutor executor;
  private final DeviceRequest request;
  private final long shards;
  private final AtomicLong next = new AtomicLong();

  LocalRun(
      SimulationPlan plan,
      long paths,
      int shardSize,
      PathSink sink,
      ShardExecutor executor,
      DeviceRequest request) {
    this.plan = plan;
    this.paths = paths;
    this.shardSize = shardSize;
    this.sink = sink;
    this.executor = executor;
    this.request = request;
    this.shards = Shard.count(paths, shardSize);
  }

  Tally run(int threads) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            (int) Math.min(threads, shards),
            task -> {
              Thread thread = new Thread(task, "pathwise-solver");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<Tally>> parts = new ArrayList<>();
      for (int t = 0; t < Math.min(threads, shards); t++) {
        parts.add(pool.submit(this::work));
      }
      Tally all = new Tally(plan, shards);
      for (Future<Tally> part : parts) {
        all.merge(part.get());
      }
      return all;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the simulation was done", e);
    } finally {
      stop(pool);
    }
  }

  /** Ends the threads and waits for them: after a failure each is done with the shard it is at. */
  private static void stop(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = false;
    boolean over = false;
    while (!over) {
      try {
        over = pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Tally work() {
    PlanRunner runner = new PlanRunner(plan, executor, request);
    Tally tally = new Tally(plan, shards);
    PathSink both =
        (output, numbers, values, n) -> {
          tally.accept(output, numbers, values, n);
          sink.accept(output, numbers, values, n);
        };
    int batch = runner.batch();
    for (long s = next.getAndAdd(batch); s < shards; s = next.getAndAdd(batch)) {
      if (Thread.interrupted()) {
        throw new IllegalStateException("interrupted before the simulation was done");
      }
      runner.run(Shard.range(s, Math.min(shards, s + batch), paths, shardSize), tally, both);
    }
    return tally;
  }
}
