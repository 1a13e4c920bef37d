package io.pathwise.spark.run;

import io.pathwise.solve.ShardExecutor;
import io.pathwise.spark.job.Backend;
import io.pathwise.spark.job.BadJobException;
import java.util.List;
import java.util.Optional;

/** The backends of this JVM. */
final class Executors {
  private static final String CPU = "cpu";
  private static final String GPU = "gpu";

  private Executors() {}

  /**
   * The name of the executor that a job runs on: a GPU's for {@code auto} where one is installed.
   *
   * @throws BadJobException if a GPU is asked for and no executor for one is installed
   */
  static String choose(Backend backend) {
    boolean gpu = find(GPU).isPresent();
    if (backend == Backend.GPU && !gpu) {
      throw new BadJobException(
          List.of(
              "simulation.backend = gpu: no executor for GPUs is installed, expected cpu or auto"));
    }
    return backend != Backend.CPU && gpu ? GPU : CPU;
  }

  /** The executor of a name; a machine without it fails the task, it does not take another. */
  static ShardExecutor named(String backend) {
    return find(backend)
        .orElseThrow(
            () -> new IllegalStateException("no executor " + backend + " on this machine"));
  }

  private static Optional<ShardExecutor> find(String backend) {
    return ShardExecutor.installed()
        .filter(executor -> executor.backend().equals(backend))
        .findFirst();
  }
}
