package io.pathwise.spark.run;

import io.pathwise.solve.Leg;
import io.pathwise.solve.Tally;
import io.pathwise.spark.checkpoint.ShardRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs shards over the whole grid. The first few show what a shard costs; the others go out in
 * tasks of a length that follows from it. Now and then the results of the finished shards are
 * stored.
 */
final class WholeRun {
  private static final long POLL_MS = 20;

  private final ShardedRun run;
  private final ShardWork work;
  private final Optional<Checkpoints> checkpoints;
  private final Finished finished = new Finished();
  private final List<Long> nanos = new ArrayList<>();
  private final AtomicBoolean writing = new AtomicBoolean();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "pathwise-checkpoint");
            thread.setDaemon(true);
            return thread;
          });
  private Tally all;

  WholeRun(ShardedRun run, ShardWork work, Optional<Checkpoints> checkpoints) {
    this.run = run;
    this.work = work;
    this.checkpoints = checkpoints;
  }

  Tally run(Start start, PathProgress progress) {
    all = start.tally();
    start.finished().forEach(finished::add);
    List<ShardRange> left = finished.missing(work.shards());
    TaskSizes sizes = run.sizes();
    boolean measure = run.tasks().isEmpty() && sizes.worthMeasuring(TaskSizes.count(left));
    Leg whole = work.whole();
    try (ShardJob job = run.job(whole, run.noFiles(), task -> take(task, progress))) {
      if (measure) {
        List<ShardRange> pilot = sizes.pilot(left);
        left = TaskSizes.behind(left, TaskSizes.count(pilot));
        job.submit(pilot, "paths of " + TaskSizes.count(pilot) + " shards, measured");
        awaitHalf(pilot.size(), job);
        job.submit(sizes.guided(left, secondsPerShard(), mostSeconds()), describe(left));
      } else if (!left.isEmpty()) {
        job.submit(run.equal(left), describe(left));
      }
      job.await();
    } finally {
      finishWriting();
    }
    return all;
  }

  /** A task that is lost costs no more than a slice that is lost. */
  private double mostSeconds() {
    return checkpoints.map(Checkpoints::seconds).orElse(TaskSizes.LONGEST_OF_ALL);
  }

  private static String describe(List<ShardRange> left) {
    return "paths of " + TaskSizes.count(left) + " shards";
  }

  private synchronized void take(TaskResult task, PathProgress progress) {
    task.addTo(all);
    finished.add(task.shards());
    nanos.add(task.shardNanos());
    progress.advance(task.shards(), work.whole());
    checkpoints
        .filter(kept -> kept.due() && writing.compareAndSet(false, true))
        .ifPresent(this::keep);
  }

  /** Stores what is finished now, on a thread of its own: Spark waits for this one. */
  private void keep(Checkpoints kept) {
    List<ShardRange> ranges = finished.ranges();
    byte[] tally = TaskResult.bytes(all);
    List<ResultRows.Lineage> lineage = run.lineage();
    writer.execute(
        () -> {
          kept.write(Positions.at(work.plan(), work.steps()), ranges, tally, List.of(), lineage);
          writing.set(false);
        });
  }

  private void finishWriting() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(10, TimeUnit.MINUTES)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      writer.shutdownNow();
    }
  }

  /** Waits for half of the tasks that measure: those on slow machines must not hold up the rest. */
  private void awaitHalf(int pilot, ShardJob job) {
    try {
      while (measured() < (pilot + 1) / 2 && !job.over()) {
        Thread.sleep(POLL_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("interrupted before the simulation was done");
    }
  }

  private synchronized int measured() {
    return nanos.size();
  }

  private synchronized double secondsPerShard() {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.isEmpty() ? 1 : sorted.get(sorted.size() / 2) * 1e-9;
  }
}
