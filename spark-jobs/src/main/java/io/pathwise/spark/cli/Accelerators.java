package io.pathwise.spark.cli;

import io.pathwise.solve.ComputeDevice;
import io.pathwise.solve.ShardExecutor;
import java.util.List;

/** The devices of the executors on the class path that are not the CPU's. */
public final class Accelerators {
  private static final String CPU = "cpu";

  private Accelerators() {}

  /** The devices in the order in which they are taken. */
  public static List<ComputeDevice> installed() {
    return ShardExecutor.installed()
        .filter(executor -> !executor.backend().equals(CPU))
        .flatMap(executor -> executor.devices().stream())
        .toList();
  }
}
