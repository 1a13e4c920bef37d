package io.pathwise.spark.cli;

import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.Resume;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.RunOutcome;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command that runs a job names the run and shows what comes of it. */
final class RunReport {
  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Names the run (default: a hash of the resolved job and the date).")
  private String runId;

  @Option(
      names = "--dry-run",
      description = "Checks the job and shows it resolved, its run id and its size; runs nothing.")
  private boolean dryRun;

  @Option(names = "--quiet", description = "Prints the run id alone.")
  private boolean quiet;

  @Mixin private FormatOption format;

  /**
   * The master of a session that reads rows the job refers to: what is asked for, and for a dry run
   * this machine, whatever the job says.
   */
  Optional<String> reading(Optional<String> master) {
    return dryRun ? Optional.of("local[*]") : master;
  }

  /** Runs a job and gives the exit code. */
  int run(Services services, JobSpec job, LocalDate date, Optional<String> master, Resume resume) {
    String id = Optional.ofNullable(runId).orElseGet(() -> job.runId(date));
    job.notes().forEach(note -> services.err().println("note: " + note));
    services.err().flush();
    try (Progress progress = progress(services)) {
      RunOptions options = options(id, date, master, progress, resume);
      if (dryRun) {
        DryRun.print(job, options, quiet, services.out());
        return ExitCode.DONE;
      }
      return report(services, services.runner().get().run(job, options), progress);
    }
  }

  private static RunOptions options(
      String id, LocalDate date, Optional<String> master, Progress progress, Resume resume) {
    try {
      return new RunOptions(id, date, master, progress, resume);
    } catch (IllegalArgumentException e) {
      throw new BadJobException(List.of("--run-id: " + e.getMessage()), e);
    }
  }

  private Progress progress(Services services) {
    if (quiet || dryRun) {
      return Progress.none();
    }
    return services.terminal()
        ? new ProgressBarDisplay(System.err)
        : new ProgressLines(services.err(), System::nanoTime);
  }

  private int report(Services services, RunOutcome outcome, Progress progress) {
    progress.close(); // The bar leaves the terminal before the results come.
    outcome.notes().forEach(note -> services.err().println("note: " + note));
    if (quiet) {
      services.out().println(outcome.runId());
    } else {
      services.out().print(format.format(outcome.summary()));
      services.out().flush(); // What follows stands below the table, also on a terminal.
      services.err().println("run " + outcome.runId() + " in " + outcome.warehouse());
      services.err().println("tables: " + String.join(", ", outcome.tables()));
    }
    outcome.error().ifPresent(error -> services.err().println("pathwise: run failed: " + error));
    outcome.held().forEach(reason -> services.err().println("pathwise: held: " + reason));
    if (!outcome.held().isEmpty()) {
      services
          .err()
          .println(
              "pathwise: not published; `pathwise publish %s` does it all the same"
                  .formatted(outcome.runId()));
    }
    return outcome.succeeded()
        ? outcome.held().isEmpty() ? ExitCode.DONE : ExitCode.HELD
        : ExitCode.FAILED;
  }
}
