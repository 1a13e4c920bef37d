package io.pathwise.spark.cli;

import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.job.JobSpec;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pathwise explain}: the kernel of a job. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Shows the graph, the loops and the kernel source of a job.")
final class ExplainCommand implements Callable<Integer> {
  private final Services services;

  @Parameters(paramLabel = "JOB.conf", description = "The job file (HOCON).")
  private Path file;

  @Mixin private Overrides overrides;

  @Option(
      names = "--dialect",
      paramLabel = "DIALECT",
      defaultValue = "java",
      description = "The kernel's language: ${COMPLETION-CANDIDATES} (default: java).")
  private Explainer.Dialect dialect;

  ExplainCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    JobSpec job =
        JobFile.load(
            file,
            overrides.settings(),
            new JobFile.Surroundings(overrides.master(), Optional.of(services.today().get())));
    services.out().println(services.explainer().get().explain(job, dialect).stripTrailing());
    return ExitCode.DONE;
  }
}
