package io.pathwise.spark.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pathwise checkpoints}: the stored slices of a run. */
@Command(
    name = "checkpoints",
    mixinStandardHelpOptions = true,
    description = "Lists the checkpoints of a run, newest first, and checks every byte of them.")
final class CheckpointsCommand implements Callable<Integer> {
  private final Services services;

  @Mixin private SliceOptions slices;

  @Mixin private FormatOption format;

  CheckpointsCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    String dir = slices.directory(services);
    services
        .out()
        .print(
            format.format(
                services.slices().get().list(dir, slices.runId(), slices.settings().spark())));
    return ExitCode.DONE;
  }
}
