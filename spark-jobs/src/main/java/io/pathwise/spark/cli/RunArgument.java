package io.pathwise.spark.cli;

import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.SessionSettings;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The run that a command is about, and where it is. */
final class RunArgument {
  @Parameters(paramLabel = "RUN", description = "The id of the run.")
  private String runId;

  @Mixin private Overrides overrides;

  /** The id, found to be one. */
  String id() {
    if (!RunOptions.isRunId(runId)) {
      throw new BadJobException(List.of("RUN = '%s', expected the id of a run".formatted(runId)));
    }
    return runId;
  }

  SessionSettings settings() {
    return SessionSettings.load(overrides.settings());
  }

  Optional<String> master() {
    return overrides.master();
  }
}
