package io.pathwise.spark.cli;

import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.SessionSettings;
import io.pathwise.spark.report.ResultTable;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which stored slices a command reads. */
final class SliceOptions {
  @Parameters(paramLabel = "RUN", description = "The id of the run.")
  private String runId;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "The directory of checkpoints (default: what the run's row in `runs` says).")
  private String dir;

  @Mixin private Overrides overrides;

  String runId() {
    if (!RunOptions.isRunId(runId)) {
      throw new BadJobException(List.of("RUN = '%s', expected the id of a run".formatted(runId)));
    }
    return runId;
  }

  Overrides overrides() {
    return overrides;
  }

  SessionSettings settings() {
    return SessionSettings.load(overrides.settings());
  }

  /** The directory, given or looked up in the warehouse. */
  String directory(Services services) {
    String given = overrides.settings().getOrDefault("checkpoint.dir", dir);
    if (given != null) {
      return given;
    }
    ResultTable found =
        services
            .queries()
            .get()
            .sql(
                settings(),
                overrides.master(),
                "SELECT config FROM runs WHERE run_id = '" + runId() + "'");
    if (found.rows().isEmpty()) {
      throw new BadJobException(
          List.of(
              "RUN = %s: not in the warehouse %s, expected the id of a run, or --dir"
                  .formatted(runId(), settings().warehouse())));
    }
    return JobFile.checkpointDir(String.valueOf(found.rows().get(0).get(0)))
        .orElseThrow(
            () ->
                new BadJobException(
                    List.of(
                        "RUN = %s: ran without checkpoint.dir, expected a run with checkpoints"
                            .formatted(runId()))));
  }
}
