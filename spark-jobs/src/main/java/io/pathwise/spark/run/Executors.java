package io.pathwise.spark.run;

import io.pathwise.solve.HybridExecutor;
import io.pathwise.solve.ShardExecutor;

/** The executors of shards in this JVM, by name. */
final class Executors {
  static final String CPU = "cpu";
  static final String GPU = "gpu";

  /** A GPU and the cores that it leaves idle. */
  static final String HYBRID = GPU + "+" + CPU;

  private Executors() {}

  /** Shared by all tasks of the JVM, since they take turns on the GPU. */
  private static final class Hybrid {
    private static final HybridExecutor SHARED = new HybridExecutor(installed(GPU));
  }

  /** The executor of a name; a machine without it fails the task, it does not take another. */
  static ShardExecutor named(String backend) {
    return backend.equals(HYBRID) ? Hybrid.SHARED : installed(backend);
  }

  private static ShardExecutor installed(String backend) {
    return ShardExecutor.installed()
        .filter(executor -> executor.backend().equals(backend))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no executor " + backend + " is installed"));
  }
}
