package io.pathwise.spark.cli;

import io.pathwise.spark.job.SessionSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pathwise runs}: the runs in the warehouse. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists the runs in the warehouse, newest first.")
final class RunsCommand implements Callable<Integer> {
  private final Services services;

  @Mixin private Overrides overrides;

  @Mixin private FormatOption format;

  RunsCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    SessionSettings settings = SessionSettings.load(overrides.settings());
    services
        .out()
        .print(format.format(services.queries().get().runs(settings, overrides.master())));
    return ExitCode.DONE;
  }
}
