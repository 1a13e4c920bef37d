package io.pathwise.spark.cli;

import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.job.JobKind;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.Resume;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.job.StaleQuotesException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code pathwise backfill}: calibrates day after day in one session, oldest first, so that every
 * fit starts from the one before. Days without quotes, and those whose run stands in the tables,
 * are left as they are; a day that goes wrong does not keep the later ones from being tried.
 */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = {
      "Calibrates every day from one date to another, oldest first, as `pathwise run --as-of`",
      "does. Days without quotes are skipped, and days whose run is DONE or HELD already.",
      "The exit code is the worst of the days: 1, then 2, then 3."
    })
final class BackfillCommand implements Callable<Integer> {
  private static final int MOST_DAYS = 36_600;

  private final Services services;
  private final Set<List<String>> told = new HashSet<>();

  @Parameters(paramLabel = "JOB.conf", description = "The job file (HOCON), with job = calibrate.")
  private Path file;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "YYYY-MM-DD",
      description = "The first day.")
  private LocalDate from;

  @Option(names = "--to", required = true, paramLabel = "YYYY-MM-DD", description = "The last day.")
  private LocalDate to;

  @Option(
      names = "--again",
      description = "Does days again whose run is DONE, or HELD and left to a person.")
  private boolean again;

  @Mixin private Overrides overrides;

  @Mixin private FormatOption format;

  BackfillCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    if (to.isBefore(from) || from.plusDays(MOST_DAYS).isBefore(to)) {
      throw new BadJobException(
          List.of(
              "--to = %s, expected a day from %s to %s"
                  .formatted(to, from, from.plusDays(MOST_DAYS))));
    }
    BackfillDays days = new BackfillDays();
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      try {
        days.add(day, done(day));
      } catch (StaleQuotesException e) {
        say("%s: no quotes, skipped".formatted(day));
      } catch (BadJobException e) {
        days.add(day, BackfillDays.Day.refused());
        refused(day, e.problems());
      }
    }
    if (days.isEmpty()) {
      throw new BadJobException(
          List.of("--from, --to: no quotes from %s to %s, expected some".formatted(from, to)));
    }
    services.out().print(format.format(days.table()));
    return days.exitCode();
  }

  private BackfillDays.Day done(LocalDate day) {
    JobSpec job = job(day);
    String id = job.runId(day);
    Optional<String> status = again ? Optional.empty() : stored(job, id);
    if (status.isPresent()) {
      say("%s: run %s is %s already, skipped".formatted(day, id, status.get()));
      return BackfillDays.Day.stored(status.get());
    }
    job.notes().forEach(note -> say("%s: %s".formatted(day, note)));
    RunOptions options = new RunOptions(id, day, overrides.master(), progress(), Resume.UNFINISHED);
    RunOutcome outcome = services.runner().get().run(job, options);
    BackfillDays.Day done = BackfillDays.Day.of(outcome);
    say("%s: run %s is %s".formatted(day, id, done.status()));
    outcome.error().ifPresent(error -> say("  failed: " + error));
    outcome.held().forEach(reason -> say("  held: " + reason));
    return done;
  }

  private JobSpec job(LocalDate day) {
    Map<String, String> settings = new LinkedHashMap<>(overrides.settings());
    settings.put("as-of", day.toString());
    JobSpec job =
        JobFile.load(
            file, settings, new JobFile.Surroundings(overrides.master(), Optional.of(day)));
    if (job.kind() != JobKind.CALIBRATE) {
      throw new BadJobException(List.of(file + ": expected job = calibrate to backfill"));
    }
    return job;
  }

  /** The status of a run that is over and left alone; nothing where it is to be done. */
  private Optional<String> stored(JobSpec job, String id) {
    try {
      return services
          .queries()
          .get()
          .sql(
              job.session(),
              overrides.master(),
              "SELECT status FROM runs WHERE run_id = '%s'".formatted(id))
          .rows()
          .stream()
          .map(row -> String.valueOf(row.get(0)))
          .filter(BackfillDays.LEFT_ALONE::contains)
          .findFirst();
    } catch (BadJobException e) {
      return Optional.empty(); // No warehouse yet: the first run makes it, or says what is wrong.
    }
  }

  private Progress progress() {
    return services.terminal()
        ? new ProgressBarDisplay(System.err)
        : new ProgressLines(services.err(), System::nanoTime);
  }

  /** The same problems are listed on the first day that has them. */
  private void refused(LocalDate day, List<String> problems) {
    if (told.add(problems)) {
      say("%s: refused".formatted(day));
      problems.forEach(problem -> say("  " + problem));
    } else {
      say("%s: refused, as before".formatted(day));
    }
  }

  private void say(String line) {
    services.err().println(line);
    services.err().flush();
  }
}
