package io.pathwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.calibrate.optimise.CmaEs;
import io.pathwise.calibrate.optimise.LbfgsB;
import io.pathwise.calibrate.optimise.LevenbergMarquardt;
import io.pathwise.calibrate.optimise.OptimiserState;
import io.pathwise.calibrate.optimise.StateCodec;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The DAX surface of 5 July 2002; Sepp (2003) reports 177.2 for Heston. */
class DaxCalibrationTest {
  private static final DaxSurface DAX = DaxSurface.inWeeks();
  private static final LevenbergMarquardt OPTIMISER = LevenbergMarquardt.onTransforms();

  private static CalibrationProblem problem(String model) {
    return new CalibrationProblem(
        new AnalyticPricer(model, DAX.market()),
        DAX.quotes(),
        ModelSpace.find(model).orElseThrow(),
        Residuals.VOLATILITIES,
        List.of());
  }

  @Test
  void hestonReachesThePublishedSumOfSquares() {
    Calibration fit = Calibration.fit(problem("heston"), OPTIMISER, 100);
    assertThat(fit.isConverged()).isTrue();
    assertThat(fit.sumOfSquares()).isCloseTo(177.2, within(0.1));
    assertThat(fit.atBound()).isEmpty();
    assertThat(fit.state().evaluations()).isLessThan(30);
    assertThat(fit.fits().stream().mapToDouble(f -> f.residual() * f.residual()).sum())
        .isCloseTo(fit.sumOfSquares(), within(1e-9));
  }

  @Test
  void batesImprovesOnHeston() {
    Calibration fit = Calibration.fit(problem("bates"), OPTIMISER, 100);
    assertThat(fit.isConverged()).isTrue();
    assertThat(fit.sumOfSquares()).isLessThan(40);
  }

  @Test
  void atLeastEightOfTenSobolStartsReachTheOptimum() {
    CalibrationProblem problem = problem("heston");
    long reached =
        SobolStarts.of(problem.space(), 10, 1).stream()
            .filter(z -> Calibration.fit(problem, OPTIMISER, z, 100).sumOfSquares() <= 177.5)
            .count();
    assertThat(reached).isGreaterThanOrEqualTo(8);
  }

  @Test
  void aFitStoppedWrittenAndReadEndsWithTheBitsOfAWholeOne() {
    CalibrationProblem problem = problem("heston");
    byte[] whole = StateCodec.write(Calibration.fit(problem, OPTIMISER, 100).state());
    OptimiserState half = OPTIMISER.start(problem, problem.space().start());
    for (int i = 0; i < 5; i++) {
      half = OPTIMISER.next(half, problem);
    }
    OptimiserState read = StateCodec.read(StateCodec.write(half));
    Calibration resumed = Calibration.resume(problem, OPTIMISER, read, 100, state -> {});
    assertThat(StateCodec.write(resumed.state())).isEqualTo(whole);
  }

  @Test
  void lbfgsbReachesTheSameOptimum() {
    Calibration fit = Calibration.fit(problem("heston"), new LbfgsB(), 300);
    assertThat(fit.sumOfSquares()).isCloseTo(177.226, within(0.01));
  }

  @Test
  void cmaEsAsGlobalStageLeadsLevenbergMarquardtToTheOptimum() {
    CalibrationProblem problem = problem("heston");
    double[] poor = SobolStarts.of(problem.space(), 4, 0).get(3);
    OptimiserState global = new CmaEs(1, 11).minimise(problem, poor, 12);
    Calibration fit = Calibration.fit(problem, OPTIMISER, global.best(), 100);
    assertThat(fit.sumOfSquares()).isCloseTo(177.226, within(0.01));
  }

  /**
   * The seed is fixed. What is allowed beyond the optimum is the sum of squares that the paths'
   * errors alone make.
   */
  @Test
  void simulatedPricesReachTheOptimumWithinTheNoiseOfTheirPaths() {
    CalibrationProblem problem = problem("heston");
    Scheme scheme = Schemes.find("heston-qe").orElseThrow();
    MonteCarloPricer simulated =
        MonteCarloPricer.of("heston", DAX.market(), scheme, 1.0 / 104, 16_384, 1)
            .by(GradientMethod.TANGENT);
    Calibration fit = Calibration.fit(problem.with(simulated), OPTIMISER.to(1e-4), 100);
    assertThat(fit.isConverged()).isTrue();
    double exact =
        problem.fits(fit.parameters()).stream().mapToDouble(f -> f.residual() * f.residual()).sum();
    double noise = 4 * fit.revalued(simulated.fresh(2, 65_536)).noise();
    assertThat(exact).isBetween(177.22, 177.23 + noise);
    assertThat(noise).isLessThan(20);
  }

  @Test
  void uncertaintySaysWhichParametersMoveTogether() {
    Uncertainty uncertainty = Calibration.fit(problem("heston"), OPTIMISER, 100).uncertainty();
    int kappa = uncertainty.parameters().indexOf("kappa");
    int xi = uncertainty.parameters().indexOf("xi");
    assertThat(uncertainty.correlations()[kappa][xi]).isGreaterThan(0.5);
    assertThat(uncertainty.conditionNumber()).isBetween(2.0, 100.0);
    assertThat(uncertainty.standardError("theta")).isBetween(5e-4, 5e-3);
    assertThat(uncertainty.undetermined()).isEmpty();
  }
}
