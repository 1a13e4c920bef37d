package io.pathwise.spark.cli;

import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Resume;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
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
      names = "--resume",
      negatable = true,
      description =
          "Goes on from the newest checkpoint; --no-resume starts anew. Default: an unfinished run"
              + " of the same id goes on, a finished one is done again.")
  private Boolean resume;

  @Mixin private RunReport report;

  RunCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    LocalDate today = services.today().get();
    Optional<String> reading = report.reading(overrides.master());
    JobSpec job =
        JobFile.load(file, settings(), new JobFile.Surroundings(reading, Optional.of(today)));
    LocalDate date = Optional.ofNullable(asOf).or(job::asOf).orElse(today);
    return report.run(services, job, date, overrides.master(), resume());
  }

  /** The settings of the command line; the date is one of them, for quotes have dates too. */
  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(overrides.settings());
    Optional.ofNullable(asOf).ifPresent(date -> settings.put("as-of", date.toString()));
    return settings;
  }

  private Resume resume() {
    if (resume == null) {
      return Resume.UNFINISHED;
    }
    return resume ? Resume.ANY : Resume.NOTHING;
  }
}
