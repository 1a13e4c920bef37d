package io.pathwise.solve;

import java.util.ServiceLoader;
import java.util.stream.Stream;

/** A backend that integrates shards: found by {@link ServiceLoader}. */
public interface ShardExecutor {

  /** The executors on the class path. */
  static Stream<ShardExecutor> installed() {
    return ServiceLoader.load(ShardExecutor.class).stream().map(ServiceLoader.Provider::get);
  }

  /** The name in {@code simulation.backend}: cpu or gpu. */
  String backend();

  /** The device in words. */
  String device();

  /** Compiles (once in a JVM) and prepares a run for one thread. */
  ShardRunner open(PathRun run);
}
