package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with an equation written in the job file, a test each. */
class BadFormulaTest {
  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void fixture() {
    jobs = new JobFixture(folder);
  }

  @Test
  void aSyntaxErrorShowsItsPosition() {
    assertThat(jobs.simulate("model.drift.hare = \"hare*(a - b*lynx\""))
        .singleElement()
        .asString()
        .startsWith("model.drift.hare = \"hare*(a - b*lynx\" (job.conf:13): ")
        .contains("at position 17");
  }

  @Test
  void anUnknownNameShowsItsPositionAndTheNameThatWasMeant() {
    assertThat(jobs.simulate("model.drift.hare = \"hare*(a - b*linx)\""))
        .singleElement()
        .asString()
        .contains("'linx' at position 13")
        .contains("did you mean 'lynx'?");
  }

  @Test
  void channelsThatDoNotCommuteAreAProblemOfTheDeclaredNoise() {
    String text =
        JobFixture.SIMULATE
            .replace("noise = diagonal", "noise = commutative")
            .replace("hare = \"s*hare\"", "hare = [\"s\", \"0\"]")
            .replace("lynx = \"s*lynx\"", "lynx = [\"0\", \"s*hare\"]");
    assertThat(jobs.problems(text))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("model.noise = \"commutative\" (job.conf:5): does not hold, ")
        .contains("channels 1 and 2 do not commute")
        .contains("state lynx");
  }

  @Test
  void aStateWithoutDriftIsNamed() {
    String text = JobFixture.SIMULATE.replace(", lynx = \"lynx*(c*hare - d)\"", "");
    assertThat(jobs.problems(text))
        .containsExactly(
            "model.drift.lynx is missing (job.conf:8): expected the drift of state lynx");
  }

  @Test
  void aStateWithoutDiffusionIsNamed() {
    String text = JobFixture.SIMULATE.replace(", lynx = \"s*lynx\"", "");
    assertThat(jobs.problems(text))
        .containsExactly(
            "model.diffusion.lynx is missing (job.conf:9): expected the diffusion of state lynx");
  }

  @Test
  void aDriftOfNoStateIsRefused() {
    assertThat(jobs.simulate("model.drift.lynks = 0"))
        .singleElement()
        .asString()
        .startsWith(
            "model.drift.lynks = 0 (job.conf:13): unknown state, expected one of hare, lynx")
        .endsWith("did you mean 'lynx'?");
  }

  @Test
  void moreThanOneChannelOfDiagonalNoiseIsRefused() {
    assertThat(jobs.simulate("model.diffusion.lynx = [\"s*lynx\", \"0\"]"))
        .containsExactly(
            "model.diffusion.lynx = [\"s*lynx\",\"0\"] (job.conf:13): 2 formulas, expected 1"
                + " (diagonal noise)");
  }

  @Test
  void statesWithDifferentNumbersOfChannelsAreRefused() {
    assertThat(
            jobs.simulate(
                "simulation.scheme = euler",
                "model.noise = general",
                "model.diffusion.hare = [\"s*hare\", \"0\"]",
                "model.diffusion.lynx = [\"s*lynx\"]"))
        .containsExactly(
            "model.diffusion.lynx = [\"s*lynx\"] (job.conf:16): 1 formulas, expected 2 (as many as"
                + " state hare has Brownian channels)");
  }

  @Test
  void diagonalNoiseThatReadsAnotherStateIsRefused() {
    assertThat(jobs.simulate("model.diffusion.hare = \"s*hare*lynx\""))
        .containsExactly(
            "model.diffusion.hare = \"s*hare*lynx\" (job.conf:13): reads [lynx], expected hare alone"
                + " (diagonal noise)");
  }

  @Test
  void additiveNoiseThatReadsAStateIsRefused() {
    assertThat(jobs.simulate("model.noise = additive", "model.diffusion.lynx = 1"))
        .containsExactly(
            "model.diffusion.hare = \"s*hare\" (job.conf:9): reads [hare], expected no state"
                + " (additive noise)");
  }

  @Test
  void anInitialValueThatReadsAStateIsRefused() {
    assertThat(jobs.simulate("model.states.lynx = \"hare/2\""))
        .singleElement()
        .asString()
        .startsWith("model.states.lynx = \"hare/2\" (job.conf:13): ")
        .contains("'hare'")
        .contains("at position 1");
  }

  @Test
  void aCorrelationBeyondOneInAFormulaIsSeenAtTheStart() {
    assertThat(
            jobs.simulate(
                "model.parameters.rho = 1.5", "model.diffusion.hare = \"sqrt(1 - rho^2)*hare\""))
        .containsExactly(
            "model.diffusion.hare = \"sqrt(1 - rho^2)*hare\" (job.conf:14): is NaN at t = 0,"
                + " {hare=30.0, lynx=4.0}, expected a finite number");
  }

  @Test
  void anInitialValueThatIsNotFiniteIsRefused() {
    assertThat(jobs.simulate("model.states.lynx = \"log(0 - a)\""))
        .anyMatch(p -> p.startsWith("model.states.lynx = \"log(0 - a)\"") && p.contains("is NaN"));
  }

  @Test
  void namesThatAreNoNamesAreRefused() {
    assertThat(jobs.simulate("model.parameters.t = 1", "model.parameters.mu-j = 1"))
        .hasSize(2)
        .allMatch(p -> p.contains("expected a name of letters, digits and _"));
  }

  @Test
  void aStateWithTheNameOfAParameterIsRefused() {
    assertThat(
            jobs.simulate(
                "model.states.a = 1", "model.drift.a = 0", "model.diffusion.a = \"0.1*a\""))
        .anyMatch(
            p -> p.startsWith("model.states.a = 1") && p.contains("a parameter has this name"));
  }

  @Test
  void aMissingCalculusAndNoiseAreNamed() {
    String text = JobFixture.SIMULATE.replace("calculus = ito", "").replace("noise = diagonal", "");
    assertThat(jobs.problems(text))
        .hasSize(2)
        .anyMatch(p -> p.startsWith("model.calculus is missing"))
        .anyMatch(
            p -> p.endsWith("expected one of scalar, additive, diagonal, commutative, general"));
  }

  @Test
  void anEquationWithoutStatesIsRefused() {
    String text =
        """
        job = simulate
        model { type = formula, calculus = ito, noise = diagonal, states {}, drift {}, diffusion {} }
        simulation { horizon = 1 }
        """;
    assertThat(jobs.problems(text)).anyMatch(p -> p.contains("expected at least one state"));
  }

  @Test
  void aParameterThatIsNoNumberIsRefused() {
    assertThat(jobs.simulate("model.parameters.a = \"2*b\""))
        .anyMatch(
            p -> p.equals("model.parameters.a = \"2*b\" (job.conf:13): expected a finite number"));
  }

  @Test
  void tradesNeedAPriceAndARate() {
    assertThat(
            jobs.simulate(
                "job = price",
                "simulation.times = []",
                "trades = [{id = a, type = forward, strike = 1, expiry = 1}]"))
        .hasSize(2)
        .anyMatch(p -> p.startsWith("model.states.S is missing"))
        .anyMatch(p -> p.startsWith("model.parameters.r is missing"));
  }
}
