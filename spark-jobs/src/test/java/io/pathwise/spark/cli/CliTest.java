package io.pathwise.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.model.Catalogue;
import io.pathwise.scheme.Schemes;
import io.pathwise.solve.ComputeDevice;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Resume;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.RunOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {
  private static final String JOB =
      """
      job = simulate
      name = test
      model { type = black-scholes, parameters { spot = 100, sigma = 0.2 } }
      simulation { paths = 10000, horizon = 2 }
      """;

  @TempDir private Path folder;
  private final CliFixture cli = new CliFixture();
  private String file;

  @BeforeEach
  void job() throws Exception {
    file = Files.writeString(folder.resolve("job.conf"), JOB).toString();
  }

  private String out() {
    return cli.out.toString();
  }

  private String err() {
    return cli.err.toString();
  }

  @Test
  void aRunPrintsItsTableToOutAndWhereTheTablesAreToErr() {
    assertThat(cli.run("run", file)).isZero();
    assertThat(out()).isEqualTo("trade_id   pv\nc100      8.5\n");
    String id = cli.options.get(0).runId();
    assertThat(err()).isEqualTo("run " + id + " in ./warehouse\ntables: runs, npv\n");
  }

  @Test
  void aQuietRunPrintsItsIdAlone() {
    assertThat(cli.run("run", "--quiet", file)).isZero();
    assertThat(out().strip()).isEqualTo(cli.options.get(0).runId()).matches("[0-9a-f]{16}");
    assertThat(err()).isEmpty();
  }

  @Test
  void theDefaultDateIsTodayAndTheDefaultIdFollowsFromIt() {
    cli.run("run", file);
    assertThat(cli.options.get(0).asOf()).isEqualTo(CliFixture.TODAY);
    assertThat(cli.options.get(0).runId()).isEqualTo(cli.jobs.get(0).runId(CliFixture.TODAY));
  }

  @Test
  void theJobsDateWinsOverTodayAndTheCommandLineOverTheJob() {
    cli.run("run", file, "-D", "as-of=2002-07-05");
    cli.run("run", file, "-D", "as-of=2002-07-05", "--as-of", "2003-01-01");
    assertThat(cli.options)
        .extracting(RunOptions::asOf)
        .containsExactly(LocalDate.of(2002, 7, 5), LocalDate.of(2003, 1, 1));
  }

  @Test
  void settingsMasterAndIdReachTheRun() {
    int code =
        cli.run(
            "run",
            "-D",
            "simulation.paths=7",
            "-Dspark.a=b=c",
            "--master",
            "local[2]",
            "--run-id",
            "mine.1",
            file);
    assertThat(code).isZero();
    assertThat(cli.jobs.get(0).simulation().paths()).isEqualTo(7);
    assertThat(cli.jobs.get(0).sparkConf()).containsExactly(Map.entry("spark.a", "b=c"));
    assertThat(cli.options.get(0).master()).contains("local[2]");
    assertThat(cli.options.get(0).runId()).isEqualTo("mine.1");
  }

  @Test
  void resumingIsAskedForOrRuledOut() {
    cli.run("run", file);
    cli.run("run", file, "--resume");
    cli.run("run", file, "--no-resume");
    assertThat(cli.options.stream().map(RunOptions::resume))
        .containsExactly(Resume.UNFINISHED, Resume.ANY, Resume.NOTHING);
  }

  @Test
  void slicesOfNoRunAreClearErrors() {
    assertThat(cli.run("checkpoints", "../x", "--dir", "nowhere")).isEqualTo(2);
    assertThat(err()).contains("RUN = '../x', expected the id of a run");
    assertThat(cli.run("checkpoints", "x", "--dir", "nowhere")).isEqualTo(2);
    assertThat(err()).contains("RUN = x: no checkpoints of it in nowhere");
    assertThat(cli.run("branch", "x", "--dir", "nowhere", "--at", "soon")).isEqualTo(2);
    assertThat(err()).contains("--at = 'soon', expected a time in years such as t=1.0");
    assertThat(cli.run("branch", "x", "--dir", "nowhere", "--at", "t=1")).isEqualTo(2);
    assertThat(cli.run("branch", "x")).isEqualTo(2);
    assertThat(err()).contains("--at");
  }

  @Test
  void theResultTableHasOtherFormats() {
    cli.run("run", "--format", "csv", file);
    assertThat(out()).isEqualTo("trade_id,pv\nc100,8.5\n");
  }

  @Test
  void aDryRunShowsTheJobItsIdAndItsSizeAndRunsNothing() {
    assertThat(cli.run("run", "--dry-run", file)).isZero();
    assertThat(cli.jobs).isEmpty();
    assertThat(out())
        .contains("shard-size=4096")
        .containsPattern("# run id: [0-9a-f]{16}\n")
        .contains("# as of: 2026-01-02")
        .contains("# work: 10000 paths x 504 steps = 5.040e+06 path-steps, 3 shards of 4096 paths");
  }

  @Test
  void aDryRunOfABadJobIsBadInput() {
    assertThat(cli.run("run", "--dry-run", file, "-D", "simulation.paths=-1")).isEqualTo(2);
  }

  @Test
  void aFailedRunExitsWithOneAndSaysWhy() {
    cli.runner =
        (job, options) ->
            new RunOutcome(
                options.runId(),
                Optional.of("state v is NaN at t = 0.5"),
                CliFixture.RESULT,
                List.of("runs"),
                job.warehouse(),
                List.of());
    assertThat(cli.run("run", file)).isEqualTo(1);
    assertThat(err()).endsWith("pathwise: run failed: state v is NaN at t = 0.5\n");
  }

  @Test
  void whatTheUserShouldKnowOfTheResultsIsANote() {
    cli.runner =
        (job, options) ->
            new RunOutcome(
                options.runId(),
                Optional.empty(),
                CliFixture.RESULT,
                List.of("runs"),
                job.warehouse(),
                List.of("3 of 10 paths were dropped"));
    assertThat(cli.run("run", file)).isEqualTo(0);
    assertThat(err()).contains("note: 3 of 10 paths were dropped\n");
  }

  @Test
  void anExceptionExitsWithOneAndItsCausesWithoutAStackTrace() {
    cli.runner =
        (job, options) -> {
          throw new IllegalStateException("no session", new RuntimeException("port in use"));
        };
    assertThat(cli.run("run", file)).isEqualTo(1);
    assertThat(err()).isEqualTo("pathwise: no session\n  because: port in use\n");
  }

  @Test
  void badInputExitsWithTwoAndALineAProblem() {
    int code = cli.run("run", file, "-D", "simulation.paths=-1", "-D", "simulation.scheme=x");
    assertThat(code).isEqualTo(2);
    assertThat(err().lines()).hasSize(2).allMatch(line -> line.contains("expected"));
    assertThat(out()).isEmpty();
    assertThat(cli.jobs).isEmpty();
  }

  @Test
  void badInputThatTheRunFindsExitsWithTwo() {
    cli.runner =
        (job, options) -> {
          throw new BadJobException(List.of("pathwise.warehouse = /x: cannot be written"));
        };
    assertThat(cli.run("run", file)).isEqualTo(2);
    assertThat(err()).isEqualTo("pathwise.warehouse = /x: cannot be written\n");
  }

  @Test
  void aFileThatIsNotThereExitsWithTwo() {
    assertThat(cli.run("run", folder.resolve("none.conf").toString())).isEqualTo(2);
    assertThat(err()).contains("no such file");
  }

  @Test
  void aRunIdThatIsNoNameExitsWithTwo() {
    assertThat(cli.run("run", file, "--run-id", "../x")).isEqualTo(2);
    assertThat(err()).contains("--run-id: run id '../x', expected 1 to 64 letters");
  }

  @Test
  void wrongUsageExitsWithTwoAndShowsTheUsage() {
    assertThat(cli.run("run")).isEqualTo(2);
    assertThat(err()).contains("Missing required parameter: 'JOB.conf'").contains("Usage:");
    assertThat(cli.run("run", file, "--as-of", "yesterday")).isEqualTo(2);
    assertThat(cli.run("run", file, "-D", "simulation.paths")).isEqualTo(2);
    assertThat(cli.run("rnu", file)).isEqualTo(2);
    assertThat(err()).contains("Unmatched arguments from index 0: 'rnu'");
    assertThat(out()).isEmpty();
  }

  @Test
  void noCommandIsWrongUsage() {
    assertThat(cli.run()).isEqualTo(2);
    assertThat(err()).contains("Usage: pathwise").contains("Exit codes:");
  }

  @Test
  void helpListsEveryCommandAndGoesToOut() {
    assertThat(cli.run("--help")).isZero();
    assertThat(out())
        .contains("Usage: pathwise")
        .contains("  run ", "  query ", "  runs ", "  explain ", "  devices ", "  models ")
        .contains("  schemes ")
        .contains("2   wrong usage or bad input");
    assertThat(err()).isEmpty();
  }

  @Test
  void helpOfACommandListsItsOptions() {
    assertThat(cli.run("run", "--help")).isZero();
    assertThat(out())
        .contains("JOB.conf", "-D=KEY=VALUE", "--as-of", "--run-id", "--master", "--dry-run")
        .contains("--quiet", "table, csv, json");
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(cli.run("--version")).isZero();
    assertThat(out()).startsWith("pathwise ");
  }

  @Test
  void aQueryGoesToTheWarehouseThatIsSet() {
    int code =
        cli.run(
            "query",
            "SELECT 1",
            "-D",
            "pathwise.warehouse=/w",
            "--master",
            "local[1]",
            "--format",
            "json");
    assertThat(code).isZero();
    assertThat(cli.queries).containsExactly("SELECT 1 on local[1]");
    assertThat(cli.settings.get(0).warehouse()).isEqualTo("/w");
    assertThat(out()).isEqualTo("[{\"trade_id\":\"c100\",\"pv\":8.5}]\n");
  }

  @Test
  void aWrongQueryIsBadInput() {
    assertThat(cli.run("query", "SELEC")).isEqualTo(2);
    assertThat(err()).isEqualTo("query: syntax error near 'SELEC'\n");
  }

  @Test
  void anUnknownFormatIsWrongUsage() {
    assertThat(cli.run("query", "SELECT 1", "--format", "xml")).isEqualTo(2);
    assertThat(err()).contains("table, csv, json");
  }

  @Test
  void runsAreListed() {
    assertThat(cli.run("runs", "--format", "csv")).isZero();
    assertThat(out()).isEqualTo("trade_id,pv\nc100,8.5\n");
    assertThat(cli.settings.get(0).warehouse()).isEqualTo("./warehouse");
  }

  @Test
  void runsRefuseUnknownKeys() {
    assertThat(cli.run("runs", "-D", "pathwise.warehose=/w")).isEqualTo(2);
    assertThat(err()).contains("did you mean 'warehouse'?");
  }

  @Test
  void aJobIsExplainedInItsDialect() {
    assertThat(cli.run("explain", file)).isZero();
    assertThat(out()).isEqualTo("kernel of test in java\n");
    assertThat(cli.run("explain", file, "--dialect", "opencl")).isZero();
    assertThat(out()).endsWith("kernel of test in opencl\n");
  }

  @Test
  void devicesShowTheCpuAndEveryOpenClDevice() {
    assertThat(cli.run("devices")).isZero();
    assertThat(out())
        .contains("cpu: " + Runtime.getRuntime().availableProcessors() + " cores")
        .contains("vectors: ")
        .contains("opencl: no device found")
        .contains("pocl-opencl-icd");
    cli.accelerators =
        List.of(new ComputeDevice(0, "Ocean", "Wave 7", "GPU", 80L << 30, 132, true, "OpenCL 3"));
    cli.run("devices");
    assertThat(out())
        .contains("platform", "memory MiB", "units", "fp64", "driver")
        .containsPattern("0 +.*GPU.*Ocean.*Wave 7.*81920.*132.*yes.*OpenCL 3");
    cli.run("devices", "--format", "csv");
    assertThat(out())
        .endsWith(
            """
            index,type,platform,name,memory MiB,units,fp64,driver
            0,GPU,Ocean,Wave 7,81920,132,yes,OpenCL 3
            """);
  }

  @Test
  void modelsShowEveryParameterOfTheCatalogue() {
    assertThat(cli.run("models")).isZero();
    Catalogue.all()
        .forEach(
            model -> {
              assertThat(out()).contains(model.name() + ": " + model.description());
              model.parameters().forEach(p -> assertThat(out()).contains(p.description()));
            });
    Catalogue.families()
        .forEach(family -> assertThat(out()).contains(family.name() + ": " + family.description()));
    assertThat(out()).contains("rho-A-B");
    assertThat(out()).contains("default 0", "above 0 to", "; a number or a curve", "formula: ");
  }

  @Test
  void schemesShowOrdersForEveryNoise() {
    assertThat(cli.run("schemes")).isZero();
    Schemes.all()
        .forEach(
            scheme ->
                assertThat(out().lines().filter(line -> line.startsWith(scheme.name() + " ")))
                    .hasSize(scheme.noiseTypes().size()));
    assertThat(out()).contains("strong order", "diagonal", "step-control", "CPU alone");
  }

  @Test
  void notesOfTheJobGoToErr() throws Exception {
    String more =
        JOB
            + "trades = [{id = a, type = forward, strike = 1, expiry = 1}]\nsensitivities = [delta]";
    Files.writeString(folder.resolve("job.conf"), more);
    assertThat(cli.run("run", file)).isZero();
    assertThat(err()).startsWith("note: 1 trades are not valued: job = simulate\nnote: ");
    JobSpec job = cli.jobs.get(0);
    assertThat(job.trades()).isEmpty();
  }
}
