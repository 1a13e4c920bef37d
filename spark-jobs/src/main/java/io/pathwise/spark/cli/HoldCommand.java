package io.pathwise.spark.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pathwise hold}: a person takes a published calibration back. */
@Command(
    name = "hold",
    mixinStandardHelpOptions = true,
    description = "Takes a published calibration out of the tables and keeps it on its branch.")
final class HoldCommand implements Callable<Integer> {
  private final Services services;

  @Mixin private RunArgument run;

  HoldCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    boolean moved = services.publisher().get().hold(run.settings(), run.master(), run.id());
    services.out().println(run.id() + (moved ? " is held" : " was held already"));
    return ExitCode.DONE;
  }
}
