package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with simulation.estimator, and what it does not go with, a test each. */
class BadEstimatorTest {
  private static final String SECOND =
      "trades = ${trades} [{ id = p90, type = european, option = put, strike = 90, expiry = 1 }]";

  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void fixture() {
    jobs = new JobFixture(folder);
  }

  private static String estimator(String keys) {
    return "simulation.estimator { " + keys + " }";
  }

  @Test
  void everySoundEstimatorIsRead() {
    for (String keys :
        new String[] {
          "method = plain, control = auto",
          "method = antithetic",
          "method = antithetic, control = auto",
          "method = importance",
          "method = importance, for = c100",
          "method = importance, theta = [1, -0.5], control = auto",
          "method = multilevel, rmse = 0.01, most-level = 6, pilot-paths = 1024"
        }) {
      assertThat(jobs.price(estimator(keys))).as(keys).isEmpty();
    }
    EstimatorSpec read =
        jobs.load(JobFixture.PRICE + estimator("method = importance, theta = [1, -0.5]"))
            .simulation()
            .estimator();
    assertThat(read.theta()).containsExactly(1.0, -0.5);
    assertThat(jobs.load(JobFixture.PRICE).simulation().estimator())
        .isEqualTo(EstimatorSpec.plain());
  }

  @Test
  void anEstimatorIsPartOfTheIdentityOfARun() {
    String plain = jobs.load(JobFixture.PRICE).identity();
    assertThat(jobs.load(JobFixture.PRICE + estimator("method = antithetic")).identity())
        .isNotEqualTo(plain);
    assertThat(jobs.load(JobFixture.PRICE + estimator("control = auto")).identity())
        .isNotEqualTo(plain);
    assertThat(jobs.load(JobFixture.PRICE + estimator("pilot-paths = 1024")).identity())
        .as("plain paths have no pilot")
        .isEqualTo(plain);
  }

  @Test
  void anUnknownMethodNamesTheOneThatWasMeant() {
    assertThat(jobs.price(estimator("method = antithetics")))
        .containsExactly(
            "simulation.estimator.method = \"antithetics\" (job.conf:13): expected one of"
                + " antithetic, importance, multilevel, plain; did you mean 'antithetic'?");
  }

  @Test
  void aTextForTheSectionIsRefused() {
    assertThat(jobs.price("simulation.estimator = antithetic"))
        .containsExactly(
            "simulation.estimator = \"antithetic\" (job.conf:13): expected { method = plain, ... }");
  }

  @Test
  void settingsOfAnotherMethodAreAllNamed() {
    assertThat(jobs.price(estimator("method = antithetic, theta = [1], rmse = 0.1, for = c100")))
        .containsExactlyInAnyOrder(
            "simulation.estimator.theta = [1] (job.conf:13): given with method = antithetic,"
                + " expected only with importance",
            "simulation.estimator.for = \"c100\" (job.conf:13): given with method = antithetic,"
                + " expected only with importance",
            "simulation.estimator.rmse = 0.1 (job.conf:13): given with method = antithetic,"
                + " expected only with multilevel");
  }

  @Test
  void multilevelNeedsItsErrorAndHasNoControls() {
    assertThat(jobs.price(estimator("method = multilevel, control = auto")))
        .anyMatch(line -> line.startsWith("simulation.estimator.rmse is missing"))
        .anyMatch(line -> line.contains("control = \"auto\"") && line.endsWith("expected none"));
    assertThat(jobs.price(estimator("method = multilevel, rmse = 0"))).hasSize(1);
  }

  @Test
  void importanceForSeveralTradesNamesOne() {
    assertThat(jobs.price(SECOND, estimator("method = importance")))
        .singleElement()
        .asString()
        .contains("simulation.estimator.for is missing")
        .endsWith("expected the trade that the drift is to suit, or a drift theta");
    assertThat(jobs.price(SECOND, estimator("method = importance, for = p9")))
        .singleElement()
        .asString()
        .contains("no such trade, expected one of c100, p90; did you mean 'p90'?");
  }

  @Test
  void aDriftHasANumberAChannel() {
    assertThat(jobs.price(estimator("method = importance, theta = [1]")))
        .containsExactly(
            "simulation.estimator.theta = [1] (job.conf:13): expected a number for each of 2"
                + " Brownian channels");
    assertThat(jobs.price(estimator("method = importance, theta = [1, 2], for = c100")))
        .singleElement()
        .asString()
        .endsWith("given with theta, expected only one of them");
  }

  @Test
  void antitheticPathsComeInPairs() {
    assertThat(jobs.price("simulation.paths = 1001", estimator("method = antithetic")))
        .containsExactly(
            "simulation.paths = 1001 (job.conf:13): both members of a pair count, expected an even"
                + " number");
  }

  @Test
  void statesAreSummarisedOfPlainPathsAlone() {
    assertThat(jobs.simulate(estimator("method = antithetic")))
        .containsExactly(
            "simulation.estimator.method = \"antithetic\" (job.conf:13): job = simulate summarises"
                + " single paths, expected plain paths");
    assertThat(jobs.price("simulation.times = [0.5]", estimator("control = auto")))
        .singleElement()
        .asString()
        .startsWith("simulation.times = [0.5] (job.conf:13): states are summarised path by path");
  }

  @Test
  void whatIsKeptDoesNotGoWithLevelsNorABranchWithAnEstimator() {
    assertThat(
            jobs.price(
                "checkpoint.dir = checkpoints", estimator("method = multilevel, rmse = 0.1")))
        .containsExactly(
            "simulation.estimator.method = \"multilevel\" (job.conf:14): levels are not kept,"
                + " expected no checkpoint.dir");
    assertThat(
            jobs.price(
                "checkpoint.dir = checkpoints",
                "sensitivities = []",
                "branch { run = 0f1e2d3c4b5a6978, at = 0.5 }",
                estimator("method = antithetic")))
        .containsExactly(
            "simulation.estimator.method = \"antithetic\" (job.conf:16): a branch continues plain"
                + " paths, expected plain");
  }

  @Test
  void aModelWithoutKnownMeansHasNoControls() {
    String job =
        JobFixture.PRICE
            .replace("type = heston", "type = black-scholes")
            .replace(
                "v0 = 0.04, r = 0.03, kappa = 1.5, theta = 0.06, xi = 0.5, rho = -0.7",
                "r = 0.03, sigma = 0.2");
    assertThat(jobs.problems(job + estimator("control = auto"))).isEmpty();
    String formula =
        """
        job = price
        model {
          type = formula, calculus = ito, noise = diagonal
          parameters { r = 0.03, s = 0.2 }
          states { S = 100 }, drift { S = "r*S" }, diffusion { S = "s*S" }
        }
        simulation { paths = 1000, scheme = euler, estimator { control = auto } }
        trades = [ { id = c, type = european, option = call, strike = 100, expiry = 1.0 } ]
        """;
    assertThat(jobs.problems(formula))
        .containsExactly(
            "simulation.estimator.control = \"auto\" (job.conf:7): model formula knows no mean"
                + " exactly under scheme euler, expected none");
  }
}
