package io.pathwise.solve;

/** A backend that integrates shards: found by {@link java.util.ServiceLoader}. */
public interface ShardExecutor {

  /** The name in {@code simulation.backend}: cpu or gpu. */
  String backend();

  /** The device in words. */
  String device();

  /** Compiles (once in a JVM) and prepares a run for one thread. */
  ShardRunner open(PathRun run);
}
