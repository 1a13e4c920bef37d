package io.pathwise.calibrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The simulated density against that of Euler's steps and the exact one. */
class SimulatedLikelihoodTest {
  private static final double MONTH = 1.0 / 12;
  private static final Map<String, Double> RATES = Map.of("a", 1.5, "b", 0.06, "sigma", 0.15);

  private static SimulatedLikelihood simulated(
      String model, Observations history, int subSteps, int paths) {
    return new SimulatedLikelihood(
        ScalarDiffusion.of(Histories.catalogue(model)).above0(),
        history,
        new TransitionDensity.Simulated(subSteps, paths, 1));
  }

  /** Gaussian: with b = 1 - a d the mean has b^M, the variance sigma^2 d (1 - b^2M)/(1 - b^2). */
  private static double eulerDensity(Observations history, int subSteps) {
    double d = history.step() / subSteps;
    double b = 1 - 1.5 * d;
    double decay = Math.pow(b, subSteps);
    double variance = 0.15 * 0.15 * d * (1 - decay * decay) / (1 - b * b);
    double[] x = history.values();
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double e = x[i + 1] - 0.06 - (x[i] - 0.06) * decay;
      sum -= 0.5 * (Math.log(2 * Math.PI * variance) + e * e / variance);
    }
    return sum;
  }

  /** Within 5 of the standard errors that it states: a false alarm in a million. */
  @Test
  void ofAnAdditiveEquationItIsTheDensityOfEulersSteps() {
    Observations history = Histories.euler(4, 0.05, r -> 1.5 * (0.06 - r), r -> 0.15, 200, MONTH);
    for (int subSteps : new int[] {2, 5, 12}) {
      SimulatedLikelihood likelihood = simulated("vasicek", history, subSteps, 128);
      double error = likelihood.simulationError(RATES);
      assertThat(error).isBetween(1e-4, 0.1);
      assertThat(likelihood.logLikelihood(RATES))
          .isCloseTo(eulerDensity(history, subSteps), within(5 * error));
    }
  }

  @Test
  void theErrorFallsWithTheRootOfThePaths() {
    Observations history = Histories.rates(200, MONTH);
    double few = simulated("cir", history, 8, 64).simulationError(RATES);
    double many = simulated("cir", history, 8, 1024).simulationError(RATES);
    assertThat(few / many).isCloseTo(4, within(0.6));
  }

  /** Of order one: a sixteenth of the bias at 16 times the sub-steps, within 5 standard errors. */
  @Test
  void moreSubStepsComeCloserToTheExactDensity() {
    Observations history = Histories.rates(500, MONTH);
    double exact =
        TransitionFit.logLikelihood(
                Histories.catalogue("cir"), RATES, history, TransitionDensity.EXACT)
            .value();
    double coarse = simulated("cir", history, 4, 512).logLikelihood(RATES) - exact;
    SimulatedLikelihood fine = simulated("cir", history, 64, 512);
    assertThat(coarse).isGreaterThan(0.5);
    assertThat(fine.logLikelihood(RATES) - exact)
        .isCloseTo(coarse / 16, within(5 * fine.simulationError(RATES)));
  }

  @Test
  void normalsThatAreDrawnAgainGiveTheSameBits() {
    Observations history = Histories.rates(150, MONTH);
    TransitionDensity.Simulated method = new TransitionDensity.Simulated(5, 64, 7);
    ScalarDiffusion diffusion = ScalarDiffusion.of(Histories.catalogue("cir")).above0();
    double kept = new SimulatedLikelihood(diffusion, history, method).logLikelihood(RATES);
    double again = new SimulatedLikelihood(diffusion, history, method, 0).logLikelihood(RATES);
    assertThat(again).isEqualTo(kept);
  }

  @Test
  void numbersOfPathsAndSubStepsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new TransitionDensity.Simulated(1, 7, 0))
        .hasMessage("1 sub-steps and 7 paths, expected 2 or more, the paths even");
  }
}
