package io.pathwise.spark.cli;

import io.pathwise.solve.ShardExecutor;
import java.util.List;

/** The executors on the class path that are not the CPU's. */
public final class Accelerators {
  private static final String CPU = "cpu";

  private Accelerators() {}

  /** A line for each: the device in words. */
  public static List<String> installed() {
    return ShardExecutor.installed()
        .filter(executor -> !executor.backend().equals(CPU))
        .map(ShardExecutor::device)
        .toList();
  }
}
