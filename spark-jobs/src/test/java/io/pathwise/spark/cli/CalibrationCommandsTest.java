package io.pathwise.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationCommandsTest {
  private static final String JOB =
      """
      job = calibrate
      model.type = heston
      calibration.quotes.csv = quotes.csv
      """;
  private static final String QUOTES =
      """
      as_of,id,spot,zero_rate,strike,expiry,implied_vol
      2026-01-02,a,100,0.02,100,1,0.25
      2026-01-05,b,100,0.02,100,1,0.26
      """;

  private final CliFixture cli = new CliFixture();

  @TempDir private Path folder;

  private static RunOutcome held(JobSpec job, RunOptions options) {
    return new RunOutcome(
        options.runId(),
        Optional.empty(),
        List.of("v0 moved"),
        CliFixture.RESULT,
        List.of("runs"),
        job.warehouse(),
        List.of());
  }

  private String job() throws IOException {
    Files.writeString(folder.resolve("quotes.csv"), QUOTES);
    return Files.writeString(folder.resolve("job.conf"), JOB).toString();
  }

  @Test
  void aFitThatIsHeldExitsWithThreeAndSaysHowToPublishIt() throws IOException {
    cli.runner = CalibrationCommandsTest::held;
    assertThat(cli.run("run", job(), "--as-of", "2026-01-02", "--run-id", "r1")).isEqualTo(3);
    assertThat(cli.err.toString())
        .contains("pathwise: held: v0 moved\n")
        .contains("`pathwise publish r1`");
  }

  @Test
  void theDateOfTheCommandLineChoosesTheQuotes() throws IOException {
    assertThat(cli.run("run", job(), "--as-of", "2026-01-05")).isZero();
    assertThat(cli.jobs.get(0).calibration().orElseThrow().quotes().get(0).id()).isEqualTo("b");
    assertThat(cli.run("run", job(), "--as-of", "2026-01-06")).isEqualTo(2);
    assertThat(cli.err.toString()).contains("stale: the newest are of 2026-01-05");
  }

  @Test
  void publishAndHoldNameTheirRun() {
    assertThat(cli.run("publish", "abc")).isZero();
    assertThat(cli.run("hold", "abc")).isZero();
    assertThat(cli.queries).containsExactly("publish abc", "hold abc");
    assertThat(cli.out).hasToString("abc is published\nabc was held already\n");
    assertThat(cli.run("publish", "no/run")).isEqualTo(2);
  }

  @Test
  void historyIsOfOneModelOrOneName() {
    assertThat(cli.run("calibration", "history", "--model", "heston", "--name", "my desk"))
        .isZero();
    assertThat(cli.queries.get(0)).contains("AND model = 'heston' AND portfolio = 'my desk'");
    assertThat(cli.run("calibration", "history")).isZero();
    assertThat(cli.queries.get(1)).doesNotContain("AND model");
    assertThat(cli.run("calibration", "history", "--name", "x' OR '1'='1")).isEqualTo(2);
    assertThat(cli.run("calibration")).isEqualTo(2);
  }

  @Test
  void aReportOfSomethingElseThanACalibrationIsRefused() {
    assertThat(cli.run("report", "abc", "--out", folder.resolve("r.html").toString())).isEqualTo(2);
    assertThat(cli.err.toString()).contains("expected a calibration in the warehouse");
    assertThat(folder.resolve("r.html")).doesNotExist();
  }
}
