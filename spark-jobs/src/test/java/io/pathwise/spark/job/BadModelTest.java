package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a catalogue model, its curves and the sensitivities, a test each. */
class BadModelTest {
  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void fixture() {
    jobs = new JobFixture(folder);
  }

  @Test
  void anUnknownModelIsRefused() {
    assertThat(jobs.price("model.type = hestn"))
        .singleElement()
        .asString()
        .startsWith("model.type = \"hestn\" (job.conf:13): expected one of ")
        .endsWith("did you mean 'heston'?");
  }

  @Test
  void aMissingModelAndAMissingTypeAreNamed() {
    assertThat(jobs.problems("job = price"))
        .anyMatch(p -> p.startsWith("model is missing"))
        .anyMatch(p -> p.startsWith("trades = []") && p.endsWith("at least one trade to value"));
    assertThat(jobs.problems(JobFixture.PRICE.replace("type = heston", "")))
        .anyMatch(p -> p.startsWith("model.type is missing"));
  }

  @Test
  void aMissingParameterIsNamedWithItsMeaning() {
    assertThat(jobs.problems(JobFixture.PRICE.replace("kappa = 1.5,", "")))
        .containsExactly(
            "model.parameters.kappa is missing (job.conf:5): expected a number from 0 to 1000 (speed"
                + " of mean reversion, a year)");
  }

  @Test
  void anUnknownParameterIsRefused() {
    assertThat(jobs.price("model.parameters.kapa = 1"))
        .singleElement()
        .asString()
        .startsWith("model.parameters.kapa = 1 (job.conf:13): unknown parameter of heston")
        .endsWith("did you mean 'kappa'?");
  }

  @Test
  void aParameterOutOfBoundsIsRefused() {
    assertThat(jobs.price("model.parameters.v0 = -0.04"))
        .containsExactly(
            "model.parameters.v0 = -0.04 (job.conf:13): expected a number from 0 to 100");
    assertThat(jobs.price("model.parameters.spot = 0"))
        .singleElement()
        .asString()
        .contains("expected a number above 0");
  }

  @Test
  void aCorrelationBeyondOneIsRefused() {
    assertThat(jobs.price("model.parameters.rho = 1.2"))
        .containsExactly(
            "model.parameters.rho = 1.2 (job.conf:13): expected a number from -1 to 1");
    assertThat(jobs.price("model.parameters.rho = -1.0001")).hasSize(1);
    assertThat(jobs.price("model.parameters.rho = -1")).isEmpty();
  }

  @Test
  void aNumberBeyondDoubleIsRefused() {
    assertThat(jobs.price("model.parameters.kappa = 1e999")).hasSize(1);
  }

  @Test
  void aCurveForAParameterThatIsNoneIsRefused() {
    assertThat(jobs.price("model.parameters.kappa = { zero-curve = [{t = 1, rate = 0.1}] }"))
        .singleElement()
        .asString()
        .contains("model.parameters.kappa")
        .contains("expected a number");
  }

  @Test
  void aCurveWithDecreasingTimesIsRefused() {
    assertThat(
            jobs.price("model.parameters.r = { zero-curve = [{t=1,rate=0.1},{t=0.5,rate=0.1}] }"))
        .containsExactly(
            "model.parameters.r.zero-curve[2].t = 0.5 (job.conf:13): expected increasing times,"
                + " above 1.0");
  }

  @Test
  void aCurveWithoutNodesIsRefused() {
    assertThat(jobs.price("model.parameters.r = { zero-curve = [] }"))
        .singleElement()
        .asString()
        .contains("expected a list of { t = years, rate = ... }");
  }

  @Test
  void aNodeWithoutRateOrWithAnUnknownKeyIsRefused() {
    assertThat(jobs.price("model.parameters.r = { zero-curve = [{t=1, rte=0.1}, 7] }"))
        .hasSize(3)
        .anyMatch(p -> p.startsWith("model.parameters.r.zero-curve[1].rate is missing"))
        .anyMatch(p -> p.endsWith("did you mean 'rate'?"))
        .anyMatch(p -> p.startsWith("model.parameters.r.zero-curve[2] = 7"));
  }

  @Test
  void aCurveOfNoKnownFormIsRefused() {
    assertThat(jobs.price("model.parameters.r = { flat = 0.1 }"))
        .anyMatch(p -> p.contains("expected a number, or one of zero-curve, zero-curve-csv"));
  }

  @Test
  void aCurveFileThatIsNotThereIsNamed() {
    assertThat(jobs.price("model.parameters.r = { zero-curve-csv = \"none.csv\" }"))
        .singleElement()
        .asString()
        .startsWith("model.parameters.r.zero-curve-csv = \"none.csv\" (job.conf:13): no such file")
        .contains("none.csv, expected a CSV file");
  }

  @Test
  void rowsOfACurveFileThatDisagreeAreNamedByLine() {
    jobs.with("rates.csv", "days_to_expiry,zero_rate\n13,0.03\n41,0.04\n13,0.031\n");
    assertThat(jobs.price("model.parameters.r = { zero-curve-csv = \"rates.csv\" }"))
        .containsExactly(
            "rates.csv.zero_rate = \"0.031\" (rates.csv:4): a row above has 0.03 for the same date,"
                + " expected the same");
  }

  @Test
  void aBadRowOfACurveFileIsNamedByLine() {
    jobs.with("rates.csv", "t,rate\n0.5,0.03\n1.0,high\n");
    assertThat(jobs.price("model.parameters.r = { zero-curve-csv = \"rates.csv\" }"))
        .containsExactly("rates.csv.rate = \"high\" (rates.csv:3): expected a number from -1 to 1");
  }

  @Test
  void aCurveFileWithOtherColumnsOrNoRowsIsRefused() {
    jobs.with("rates.csv", "time,rate\n0.5,0.03\n").with("none.csv", "t,rate\n");
    assertThat(jobs.price("model.parameters.r = { zero-curve-csv = \"rates.csv\" }"))
        .singleElement()
        .asString()
        .contains("columns time,rate, expected either t and rate or days_to_expiry and zero_rate");
    assertThat(jobs.price("model.parameters.r = { zero-curve-csv = \"none.csv\" }"))
        .singleElement()
        .asString()
        .contains("no rows, expected at least one");
  }

  @Test
  void anUnknownSensitivityIsRefused() {
    assertThat(jobs.price("sensitivities = [delta, kapa]"))
        .singleElement()
        .asString()
        .startsWith("sensitivities[2] = \"kapa\" (job.conf:13): unknown, expected one of delta,")
        .endsWith("did you mean 'kappa'?");
  }

  @Test
  void sensitivitiesThatAreNoListAreRefused() {
    assertThat(jobs.price("sensitivities = delta"))
        .containsExactly(
            "sensitivities = \"delta\" (job.conf:13): expected a list of delta, gamma, vega, rho,"
                + " theta, vanna, volga, parameters, or parameter names");
  }

  @Test
  void payoffsThatJumpHaveNoPathwiseSensitivitiesAndAreNamed() {
    String trades =
        """
        trades = [
          { id = d1, type = digital, option = call, strike = 100, expiry = 1 }
          { id = e1, type = european, option = put, strike = 100, expiry = 1 }
          { id = b2, type = barrier, option = call, strike = 100, expiry = 1, barrier = 80
            kind = down-out }
        ]
        """;
    assertThat(jobs.price(trades))
        .containsExactly(
            "sensitivities = [delta,parameters] (job.conf:12): the payoffs of d1 (digital), b2"
                + " (barrier) jump, so their pathwise derivatives are biased: expected"
                + " sensitivity.method = conditional (payoffs at expiry alone), likelihood-ratio or"
                + " smoothing, no sensitivities, or none of these trades");
    assertThat(jobs.price(trades, "sensitivities = []")).isEmpty();
  }

  @Test
  void aSchemeThatDoesNotFitTheNoiseNamesThoseThatDo() {
    assertThat(jobs.price("simulation.scheme = sosri"))
        .containsExactly(
            "simulation.scheme = \"sosri\" (job.conf:13): does not fit general noise in ito"
                + " calculus, expected one of euler, milstein, dri1, implicit-euler,"
                + " implicit-milstein, exp-euler, tamed-euler, heston-qe");
  }

  @Test
  void aSchemeThatNeedsAStructureNamesIt() {
    assertThat(jobs.price("simulation.scheme = exact"))
        .singleElement()
        .asString()
        .startsWith("simulation.scheme = \"exact\" (job.conf:13): needs a known transition law");
  }
}
