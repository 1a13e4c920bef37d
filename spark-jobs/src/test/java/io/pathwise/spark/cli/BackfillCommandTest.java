package io.pathwise.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.calibrate.OptionQuote;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.report.ResultTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillCommandTest {
  private static final String JOB =
      """
      job = calibrate
      model.type = heston
      calibration.quotes.csv = quotes.csv
      """;
  private static final String QUOTES =
      """
      as_of,id,spot,zero_rate,strike,expiry,implied_vol
      2026-01-07,c,100,0.02,100,1,0.27
      2026-01-02,a,100,0.02,100,1,0.25
      2026-01-05,b,100,0.02,100,1,0.26
      """;

  private final CliFixture cli = new CliFixture();

  @TempDir private Path folder;

  private int backfill(String from, String to, String... more) throws IOException {
    return of(QUOTES, from, to, more);
  }

  private int of(String quotes, String from, String to, String... more) throws IOException {
    Files.writeString(folder.resolve("quotes.csv"), quotes);
    String job = Files.writeString(folder.resolve("job.conf"), JOB).toString();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("backfill", job, "--from", from, "--to", to, "--format", "csv"));
    arguments.addAll(List.of(more));
    return cli.run(arguments.toArray(String[]::new));
  }

  /** The fit of a day, v0 its day of the month; the run of 5 January as told. */
  private void runs(Optional<String> error, List<String> held) {
    cli.runner =
        (job, options) -> {
          cli.succeed(job, options);
          int day = options.asOf().getDayOfMonth();
          return day == 5 ? outcome(job, options, error, held) : fitted(job, options, day);
        };
  }

  private static RunOutcome fitted(JobSpec job, RunOptions options, int day) {
    return outcome(job, options, Optional.empty(), List.of(), day);
  }

  private static RunOutcome outcome(
      JobSpec job, RunOptions options, Optional<String> error, List<String> held) {
    return outcome(job, options, error, held, 5);
  }

  private static RunOutcome outcome(
      JobSpec job, RunOptions options, Optional<String> error, List<String> held, int value) {
    ResultTable summary =
        new ResultTable(
            List.of("parameter", "value", "std_err", "at_bound", "objective"),
            List.of(List.of("v0", value, 0.1, false, 0.5), List.of("xi", 0.7, 0.1, false, 0.5)));
    return new RunOutcome(
        options.runId(), error, held, summary, List.of("runs"), job.warehouse(), List.of());
  }

  @Test
  void daysAreRunInOrderAndThoseWithoutQuotesAreSkipped() throws IOException {
    runs(Optional.empty(), List.of());
    assertThat(backfill("2026-01-01", "2026-01-07")).isZero();
    assertThat(cli.options.stream().map(RunOptions::asOf).map(Object::toString))
        .containsExactly("2026-01-02", "2026-01-05", "2026-01-07");
    assertThat(cli.jobs.stream().map(j -> j.calibration().orElseThrow().quotes().get(0).id()))
        .containsExactly("a", "b", "c");
    assertThat(cli.out)
        .hasToString(
            """
            as_of,status,objective,v0,xi
            2026-01-02,DONE,0.5,2,0.7
            2026-01-05,DONE,0.5,5,0.7
            2026-01-07,DONE,0.5,7,0.7
            """);
    assertThat(cli.err.toString()).contains("2026-01-03: no quotes, skipped\n");
  }

  @Test
  void runsHaveTheIdsThatRunGivesThem() throws IOException {
    backfill("2026-01-05", "2026-01-05");
    cli.run("run", folder.resolve("job.conf").toString(), "--as-of", "2026-01-05");
    assertThat(cli.options.get(0).runId()).isEqualTo(cli.options.get(1).runId());
  }

  @Test
  void aDayThatIsHeldLetsLaterOnesBeTriedAndIsTheExitCode() throws IOException {
    runs(Optional.empty(), List.of("v0 moved"));
    assertThat(backfill("2026-01-02", "2026-01-07")).isEqualTo(3);
    assertThat(cli.out.toString()).contains("2026-01-05,HELD", "2026-01-07,DONE");
    assertThat(cli.err.toString()).contains("  held: v0 moved\n");
  }

  @Test
  void aDayThatFailsIsWorseThanWrongQuotesAndTheseThanAHeldOne() throws IOException {
    String wrong = QUOTES.replace("0.27", "-0.27");
    runs(Optional.of("out of memory"), List.of());
    assertThat(of(wrong, "2026-01-02", "2026-01-07")).isEqualTo(1);
    assertThat(cli.err.toString()).contains("  failed: out of memory\n");
    runs(Optional.empty(), List.of("v0 moved"));
    assertThat(of(wrong, "2026-01-02", "2026-01-07")).isEqualTo(2);
    assertThat(cli.out.toString()).contains("2026-01-07,REFUSED,,,");
    assertThat(cli.err.toString()).contains("calibration.quotes[c]");
  }

  @Test
  void runsThatAreDoneOrHeldAreLeftAloneUnlessTheyAreAskedForAgain() throws IOException {
    cli.answer = new ResultTable(List.of("status"), List.of(List.of("HELD")));
    assertThat(backfill("2026-01-02", "2026-01-05")).isEqualTo(3);
    cli.answer = new ResultTable(List.of("status"), List.of(List.of("DONE")));
    assertThat(backfill("2026-01-02", "2026-01-05")).isZero();
    assertThat(cli.jobs).isEmpty();
    runs(Optional.empty(), List.of());
    assertThat(backfill("2026-01-02", "2026-01-05", "--again")).isZero();
    assertThat(cli.jobs).hasSize(2);
  }

  @Test
  void aRunThatFailedOrWasLostIsDoneAgain() throws IOException {
    runs(Optional.empty(), List.of());
    for (String status : List.of("FAILED", "RUNNING")) {
      cli.answer = new ResultTable(List.of("status"), List.of(List.of(status)));
      assertThat(backfill("2026-01-02", "2026-01-02")).isZero();
    }
    assertThat(cli.jobs).hasSize(2);
  }

  @Test
  void daysInTheWrongOrderAndRangesWithoutQuotesAreRefused() throws IOException {
    assertThat(backfill("2026-01-05", "2026-01-02")).isEqualTo(2);
    assertThat(cli.err.toString()).contains("--to = 2026-01-02, expected a day from 2026-01-05");
    assertThat(backfill("2026-01-03", "2026-01-04")).isEqualTo(2);
    assertThat(cli.err.toString()).contains("no quotes from 2026-01-03 to 2026-01-04");
  }

  @Test
  void aProblemOfEveryDayIsListedOnce() throws IOException {
    Files.writeString(folder.resolve("quotes.csv"), QUOTES);
    String job =
        Files.writeString(folder.resolve("job.conf"), JOB + "calibration.starts = none\n")
            .toString();
    assertThat(cli.run("backfill", job, "--from", "2026-01-02", "--to", "2026-01-05")).isEqualTo(2);
    assertThat(cli.err.toString()).containsOnlyOnce("calibration.starts");
    assertThat(cli.err.toString()).contains("2026-01-05: refused, as before");
  }

  @Test
  void anotherKindOfJobIsRefused() throws IOException {
    String job =
        Files.writeString(
                folder.resolve("price.conf"),
                """
                job = simulate
                model { type = black-scholes, parameters { spot = 100, sigma = 0.2, r = 0, q = 0 } }
                simulation { paths = 10, seed = 1, steps-per-year = 1, horizon = 1, times = [1] }
                """)
            .toString();
    assertThat(cli.run("backfill", job, "--from", "2026-01-02", "--to", "2026-01-02")).isEqualTo(2);
    assertThat(cli.err.toString()).contains("expected job = calibrate");
  }

  /** What a crontab line does. */
  @Test
  void aRunWithoutADateTakesTheQuotesOfToday() throws IOException {
    Files.writeString(folder.resolve("quotes.csv"), QUOTES);
    String job = Files.writeString(folder.resolve("job.conf"), JOB).toString();
    assertThat(cli.run("run", job)).isZero();
    assertThat(cli.options.get(0).asOf()).isEqualTo(CliFixture.TODAY);
    assertThat(cli.jobs.get(0).calibration().orElseThrow().quotes())
        .extracting(OptionQuote::id)
        .containsExactly("a");
    assertThat(cli.run("run", job, "--as-of", CliFixture.TODAY.toString())).isZero();
    assertThat(cli.options.get(1).runId()).isEqualTo(cli.options.get(0).runId());
  }
}
