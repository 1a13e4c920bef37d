package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes the id of a run and what does not. */
class IdentityTest {
  private static final LocalDate DAY = LocalDate.of(2002, 7, 5);

  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void fixture() {
    jobs = new JobFixture(folder);
  }

  private String id(String text) {
    return jobs.load(text).runId(DAY);
  }

  private String id(Map<String, String> overrides) {
    return jobs.load(JobFixture.PRICE, overrides).runId(DAY);
  }

  @Test
  void theIdIsTheBeginningOfTheHash() {
    JobSpec job = jobs.load(JobFixture.PRICE);
    assertThat(job.runId(DAY)).matches("[0-9a-f]{16}");
    assertThat(job.configSha256(DAY)).hasSize(64).startsWith(job.runId(DAY));
  }

  @Test
  void theIdDoesNotChangeFromOneMachineOrDayToAnother() {
    // Any change of this value renames all runs: it needs a line in the change log.
    String text =
        """
        job = simulate
        model { type = black-scholes, parameters { spot = 100, sigma = 0.2 } }
        simulation { horizon = 1 }
        """;
    assertThat(jobs.load(text).identity())
        .isEqualTo(
            """
            job = "simulate"
            model.parameters.sigma = 0.2
            model.parameters.spot = 100
            model.type = "black-scholes"
            sensitivities = a list of 0
            simulation.horizon = 1
            simulation.on-nan = "fail"
            simulation.paths = 100000
            simulation.precision = "double"
            simulation.scheme = "exact"
            simulation.seed = 1
            simulation.shard-size = 4096
            simulation.steps-per-year = 252
            simulation.times = a list of 0
            trades = a list of 0
            """);
  }

  @Test
  void differencesNameTheKeysWithBothValues() {
    JobSpec before = jobs.load(JobFixture.PRICE);
    Map<String, String> changed =
        Map.of("simulation.paths", "1001", "simulation.times", "[0.5]", "checkpoint.dir", "x");
    assertThat(jobs.load(JobFixture.PRICE, changed).differences(before.identity()))
        .containsExactly(
            "simulation.paths: 1000 before, 1001 now",
            "simulation.times: a list of 0 before, a list of 1 now",
            "simulation.times[1]: not there before, 0.5 now");
    assertThat(before.differences(before.identity())).isEmpty();
  }

  @Test
  void orderCommentsAndSpellingDoNotChangeIt() {
    String other =
        """
        # the same job in other words
        sensitivities = ["delta", parameters]
        simulation.seed = 42
        simulation.scheme = "euler"
        trades = [{ expiry = 1, strike = 1e2, option = call, type = european, id = c100 }]
        model.type = heston
        model.parameters { rho = -0.70, xi = 5e-1, theta = 0.06, kappa = 1.5, r = 0.03 }
        model.parameters { v0 = 0.04, spot = 100.0 }
        name = test // no comment
        simulation.paths = 1000
        job = price
        """;
    assertThat(id(other)).isEqualTo(id(JobFixture.PRICE));
  }

  @Test
  void aChangedNumberChangesIt() {
    assertThat(id(Map.of("model.parameters.rho", "-0.71"))).isNotEqualTo(id(Map.of()));
    assertThat(id(Map.of("simulation.paths", "1001"))).isNotEqualTo(id(Map.of()));
    assertThat(id(Map.of("simulation.seed", "43"))).isNotEqualTo(id(Map.of()));
    assertThat(id(Map.of("simulation.shard-size", "512"))).isNotEqualTo(id(Map.of()));
  }

  @Test
  void theSameValueOnTheCommandLineDoesNotChangeIt() {
    assertThat(id(Map.of("simulation.paths", "1000"))).isEqualTo(id(Map.of()));
  }

  @Test
  void theDateChangesItWhereverItComesFrom() {
    JobSpec without = jobs.load(JobFixture.PRICE);
    JobSpec with = jobs.load(JobFixture.PRICE + "as-of = 2002-07-05");
    assertThat(with.runId(with.asOf().orElseThrow())).isEqualTo(without.runId(DAY));
    assertThat(without.runId(DAY.plusDays(1))).isNotEqualTo(without.runId(DAY));
  }

  @Test
  void whereAndOnWhatItRunsDoesNotChangeIt() {
    assertThat(
            id(
                Map.of(
                    "pathwise.warehouse", "/elsewhere",
                    "spark.executor.memory", "9g",
                    "simulation.backend", "gpu")))
        .isEqualTo(id(Map.of()));
  }

  @Test
  void theContentOfAFileChangesItAndItsNameDoesNot() {
    String rows = "id,type,strike,expiry\na,forward,100,1\n";
    jobs.with("a.csv", rows).with("b.csv", rows).with("c.csv", rows.replace("100", "101"));
    String text = JobFixture.PRICE + "trades = { csv = \"%s.csv\" }";
    assertThat(id(text.formatted("a"))).isEqualTo(id(text.formatted("b")));
    assertThat(id(text.formatted("a"))).isNotEqualTo(id(text.formatted("c")));
  }

  @Test
  void theContentOfACurveFileChangesIt() {
    String text = JobFixture.PRICE + "model.parameters.r = { zero-curve-csv = \"r.csv\" }";
    jobs.with("r.csv", "t,rate\n1,0.03\n");
    String before = id(text);
    jobs.with("r.csv", "t,rate\n1,0.04\n");
    assertThat(id(text)).isNotEqualTo(before);
  }

  @Test
  void theResolvedTextShowsDefaultsAndHidesSecrets() {
    String text =
        jobs.load(
                JobFixture.PRICE,
                Map.of("spark.hadoop.fs.s3a.secret.key", "hush", "spark.executor.memory", "4g"))
            .configText();
    assertThat(text)
        .contains("shard-size=4096")
        .contains("4g")
        .contains("(hidden)")
        .doesNotContain("hush");
  }

  @Test
  void theResolvedTextIsAJobFileOfTheSameId() {
    JobSpec job = jobs.load(JobFixture.PRICE);
    assertThat(id(job.configText())).isEqualTo(job.runId(DAY));
  }

  @Test
  void aKeyThatIsNullIsAbsent() {
    JobSpec named = jobs.load(JobFixture.PRICE.replace("name = test", "name = null"));
    JobSpec unnamed = jobs.load(JobFixture.PRICE.replace("name = test", ""));
    assertThat(named.runId(DAY)).isEqualTo(unnamed.runId(DAY));
    assertThat(named.configText()).doesNotContain("null");
  }

  @Test
  void aFileCountsByItsContentHoweverItsNameIsSpelled() {
    String text = JobFixture.PRICE + "model.parameters.r = { zero-curve-csv = \"rates.csv \" }\n";
    jobs.with("rates.csv", "t,rate\n1,0.03\n");
    String before = id(text);
    jobs.with("rates.csv", "t,rate\n1,0.04\n");
    assertThat(id(text)).isNotEqualTo(before);
  }

  @Test
  void aNullFileBesideAnotherCurveIsAbsent() {
    String curve = "zero-curve = [ { t = 1, rate = 0.03 } ]";
    String text = JobFixture.PRICE + "model.parameters.r = { " + curve;
    assertThat(id(text + ", zero-curve-csv = null }\n")).isEqualTo(id(text + " }\n"));
  }
}
