package io.pathwise.spark.cli;

import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.Resume;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.RunOutcome;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pathwise run}: runs a job file. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs a job file and writes its result tables.")
final class RunCommand implements Callable<Integer> {
  private final Services services;

  @Parameters(paramLabel = "JOB.conf", description = "The job file (HOCON).")
  private Path file;

  @Mixin private Overrides overrides;

  @Option(
      names = "--as-of",
      paramLabel = "YYYY-MM-DD",
      description = "The date of the market data (default: the job's as-of, else today).")
  private LocalDate asOf;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Names the run (default: a hash of the resolved job and the date).")
  private String runId;

  @Option(
      names = "--resume",
      negatable = true,
      description =
          "Goes on from the newest checkpoint; --no-resume starts anew. Default: an unfinished run"
              + " of the same id goes on, a finished one is done again.")
  private Boolean resume;

  @Option(
      names = "--dry-run",
      description = "Checks the job and shows it resolved, its run id and its size; runs nothing.")
  private boolean dryRun;

  @Option(names = "--quiet", description = "Prints the run id alone.")
  private boolean quiet;

  @Mixin private FormatOption format;

  RunCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    JobSpec job = JobFile.load(file, overrides.settings());
    LocalDate date = Optional.ofNullable(asOf).or(job::asOf).orElseGet(services.today());
    String id = Optional.ofNullable(runId).orElseGet(() -> job.runId(date));
    job.notes().forEach(note -> services.err().println("note: " + note));
    services.err().flush();
    try (Progress progress = progress()) {
      RunOptions options = options(id, date, progress);
      if (dryRun) {
        DryRun.print(job, options, quiet, services.out());
        return ExitCode.DONE;
      }
      return report(services.runner().get().run(job, options), progress);
    }
  }

  private RunOptions options(String id, LocalDate date, Progress progress) {
    try {
      return new RunOptions(id, date, overrides.master(), progress, resume());
    } catch (IllegalArgumentException e) {
      throw new BadJobException(List.of("--run-id: " + e.getMessage()), e);
    }
  }

  private Resume resume() {
    if (resume == null) {
      return Resume.UNFINISHED;
    }
    return resume ? Resume.ANY : Resume.NOTHING;
  }

  private Progress progress() {
    if (quiet || dryRun) {
      return Progress.none();
    }
    return services.terminal()
        ? new ProgressBarDisplay(System.err)
        : new ProgressLines(services.err(), System::nanoTime);
  }

  private int report(RunOutcome outcome, Progress progress) {
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
    return outcome.succeeded() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
