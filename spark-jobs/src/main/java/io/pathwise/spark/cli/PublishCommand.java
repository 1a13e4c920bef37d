package io.pathwise.spark.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pathwise publish}: a person overrules the guards. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = "Publishes a calibration that is held.")
final class PublishCommand implements Callable<Integer> {
  private final Services services;

  @Mixin private RunArgument run;

  PublishCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    boolean moved = services.publisher().get().publish(run.settings(), run.master(), run.id());
    services.out().println(run.id() + (moved ? " is published" : " was published already"));
    return ExitCode.DONE;
  }
}
