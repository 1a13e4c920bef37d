package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the section simulation and the keys at the top, a test each. */
class BadSimulationTest {
  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void fixture() {
    jobs = new JobFixture(folder);
  }

  @Test
  void theSoundJobsHaveNoProblems() {
    assertThat(jobs.price()).isEmpty();
    assertThat(jobs.simulate()).isEmpty();
  }

  @Test
  void anUnknownKeyNamesItsLineAndTheKeyThatWasMeant() {
    assertThat(jobs.price("simulation.pahts = 10"))
        .singleElement()
        .asString()
        .startsWith("simulation.pahts = 10 (job.conf:13): unknown key, expected one of ")
        .endsWith("; did you mean 'paths'?");
  }

  @Test
  void anUnknownKeyAtTheTopNamesTheKeyThatWasMeant() {
    assertThat(jobs.price("simulatoin.paths = 10"))
        .singleElement()
        .asString()
        .startsWith("simulatoin = {paths=10} (job.conf:13): unknown key, expected one of as-of, ")
        .endsWith("did you mean 'simulation'?");
  }

  @Test
  void aKeyLikeNoOtherGetsNoSuggestion() {
    assertThat(jobs.price("zebra = 1")).singleElement().asString().doesNotContain("did you mean");
  }

  @Test
  void textForANumberIsAWrongType() {
    assertThat(jobs.price("simulation.paths = many"))
        .containsExactly(
            "simulation.paths = \"many\" (job.conf:13): expected a whole number from 1 to"
                + " 9007199254740992");
  }

  @Test
  void aNumberInQuotesIsAWrongType() {
    assertThat(jobs.price("simulation.seed = \"42\""))
        .containsExactly(
            "simulation.seed = \"42\" (job.conf:13): expected a whole number of at most 64 bits");
  }

  @Test
  void aSeedOfMoreThan64BitsIsToldHowLongItMayBe() {
    assertThat(jobs.price("simulation.seed = 123456789012345678901234567890"))
        .singleElement()
        .asString()
        .endsWith("expected a whole number of at most 64 bits");
  }

  @Test
  void anObjectForATextIsAWrongType() {
    assertThat(jobs.price("name = { a = 1 }"))
        .containsExactly("name = {a=1} (job.conf:13): expected a text");
  }

  @Test
  void aNumberForASectionIsAWrongType() {
    assertThat(jobs.price("simulation = 5"))
        .containsExactly("simulation = 5 (job.conf:13): expected { paths = ..., ... }");
  }

  @Test
  void aTextForAListIsAWrongType() {
    assertThat(jobs.price("simulation.times = soon"))
        .singleElement()
        .asString()
        .startsWith("simulation.times = \"soon\" (job.conf:13): expected a list, each a number");
  }

  @Test
  void negativePathsAreRefused() {
    assertThat(jobs.price("simulation.paths = -5"))
        .singleElement()
        .asString()
        .startsWith("simulation.paths = -5 (job.conf:13): expected a whole number from 1");
  }

  @Test
  void partsOfPathsAreRefused() {
    assertThat(jobs.price("simulation.paths = 10.5")).singleElement().asString().contains("10.5");
  }

  @Test
  void aNumberTooLargeForALongIsRefused() {
    assertThat(jobs.price("simulation.paths = 99999999999999999999")).hasSize(1);
  }

  @Test
  void zeroStepsAreRefused() {
    assertThat(jobs.price("simulation.steps = 0"))
        .containsExactly(
            "simulation.steps = 0 (job.conf:13): expected a whole number from 1 to 10000000");
    assertThat(jobs.price("simulation.steps-per-year = 0")).hasSize(1);
  }

  @Test
  void stepsAndStepsPerYearTogetherAreRefused() {
    assertThat(jobs.price("simulation.steps = 100", "simulation.steps-per-year = 252"))
        .containsExactly(
            "simulation.steps = 100 (job.conf:13): given with steps-per-year = 252, expected only"
                + " one of them");
  }

  @Test
  void moreStepsThanTheLargestNumberAreRefused() {
    assertThat(jobs.simulate("simulation.steps-per-year = 9000000"))
        .containsExactly(
            "simulation.steps-per-year = 9000000 (job.conf:13): 180000000 steps to the horizon,"
                + " expected at most 10000000");
  }

  @Test
  void anUnknownSchemeIsRefused() {
    assertThat(jobs.price("simulation.scheme = eular"))
        .singleElement()
        .asString()
        .startsWith("simulation.scheme = \"eular\" (job.conf:13): expected one of ")
        .contains(" euler, ", " milstein, ")
        .endsWith("did you mean 'euler'?");
  }

  @Test
  void anUnknownBackendIsRefused() {
    assertThat(jobs.price("simulation.backend = tpu"))
        .singleElement()
        .asString()
        .startsWith("simulation.backend = \"tpu\" (job.conf:13): expected one of auto, cpu, gpu");
  }

  @Test
  void anUnknownPrecisionIsRefused() {
    assertThat(jobs.price("simulation.precision = half"))
        .containsExactly(
            "simulation.precision = \"half\" (job.conf:13): expected one of double, single");
  }

  @Test
  void anUnknownWayWithNanIsRefused() {
    assertThat(jobs.price("simulation.on-nan = ignore"))
        .containsExactly(
            "simulation.on-nan = \"ignore\" (job.conf:13): expected one of drop, fail");
  }

  @Test
  void aShardThatIsNoMultipleOfABlockIsRefused() {
    assertThat(jobs.price("simulation.shard-size = 1000"))
        .containsExactly("simulation.shard-size = 1000 (job.conf:13): expected a multiple of 512");
    assertThat(jobs.price("simulation.shard-size = 0")).hasSize(1);
    assertThat(jobs.price("simulation.shard-size = 1536")).isEmpty();
  }

  @Test
  void timesThatDoNotIncreaseAreRefused() {
    assertThat(jobs.simulate("simulation.times = [1, 3, 3]"))
        .containsExactly(
            "simulation.times = [1,3,3] (job.conf:13): 3.0 follows 3.0, expected increasing times");
  }

  @Test
  void timesBeyondTheHorizonAreRefused() {
    assertThat(jobs.simulate("simulation.times = [1, 21]"))
        .containsExactly(
            "simulation.times = [1,21] (job.conf:13): 21.0 is beyond the horizon, expected times of"
                + " at most 20");
  }

  @Test
  void timesThatAreNotAboveZeroAreRefused() {
    assertThat(jobs.simulate("simulation.times = [0, soon]"))
        .containsExactly(
            "simulation.times[1] = 0 (job.conf:13): expected a number of years above 0 and at most"
                + " 1000",
            "simulation.times[2] = \"soon\" (job.conf:13): expected a number of years above 0 and at"
                + " most 1000");
  }

  @Test
  void aSimulationNeedsAHorizon() {
    String text = JobFixture.SIMULATE.replace("horizon = 20,", "");
    assertThat(jobs.problems(text))
        .singleElement()
        .asString()
        .startsWith("simulation.horizon is missing (job.conf:11): expected a number of years");
  }

  @Test
  void aHorizonBeforeAnExpiryIsRefused() {
    assertThat(jobs.price("simulation.horizon = 0.5"))
        .containsExactly(
            "simulation.horizon = 0.5 (job.conf:13): trades [c100] expire later, expected at least"
                + " 1.0");
  }

  @Test
  void anUnknownKindIsRefused() {
    assertThat(jobs.price("job = prise"))
        .containsExactly(
            "job = \"prise\" (job.conf:13): expected one of calibrate, price, risk, simulate, train;"
                + " did you mean 'price'?");
  }

  @Test
  void aMissingKindIsNamed() {
    assertThat(jobs.problems(JobFixture.PRICE.replace("job = price", "")))
        .singleElement()
        .asString()
        .startsWith("job is missing")
        .endsWith("expected one of simulate, price, calibrate, risk, train");
  }

  @Test
  void kindsOfLaterVersionsSaySoInOneLine() {
    for (String kind : new String[] {"risk", "train"}) {
      assertThat(jobs.price("job = " + kind))
          .containsExactly(
              "job = \""
                  + kind
                  + "\" (job.conf:13): not available in this version, expected one of simulate,"
                  + " price, calibrate");
    }
  }

  @Test
  void sectionsOfLaterVersionsSaySoInOneLine() {
    assertThat(jobs.price("calibration { dir = \"x\" }"))
        .containsExactly(
            "calibration = {dir=x} (job.conf:13): expected no such key, or job = calibrate");
  }

  @Test
  void aDateThatIsNoneIsRefused() {
    assertThat(jobs.price("as-of = 5.7.2002"))
        .containsExactly("as-of = \"5.7.2002\" (job.conf:13): expected a date as YYYY-MM-DD");
  }

  @Test
  void aListForASparkSettingIsRefused() {
    assertThat(jobs.price("spark.executor.cores = [1]"))
        .containsExactly(
            "spark.executor.cores = [1] (job.conf:13): expected a text, a number or true | false for"
                + " Spark");
  }

  @Test
  void anUnknownKeyOfPathwiseItselfIsRefused() {
    assertThat(jobs.price("pathwise.warehose = x"))
        .singleElement()
        .asString()
        .endsWith("did you mean 'warehouse'?");
  }
}
