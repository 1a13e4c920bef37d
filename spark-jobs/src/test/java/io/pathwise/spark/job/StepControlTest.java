package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.control.StepControl;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepControlTest {
  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void jobs() {
    jobs = new JobFixture(folder);
  }

  private JobSpec load(String line) {
    return jobs.load(JobFixture.SIMULATE + line);
  }

  @Test
  void withoutTheSectionAllPathsStepOverTheGrid() {
    assertThat(load("").simulation().control()).isEmpty();
    assertThat(load("simulation.step-control.method = fixed").simulation().control()).isEmpty();
  }

  @Test
  void tolerancesAndSizesAreRead() {
    JobSpec job =
        load(
            "simulation.step-control {"
                + " method = adaptive, rtol = 1e-4, atol = 1e-5, dt-min = 1e-6, dt-max = 0.25 }");
    assertThat(job.simulation().control()).contains(StepControl.adaptive(1e-4, 1e-5, 1e-6, 0.25));
    assertThat(job.simulation().step()).isEqualTo(0.25);
  }

  @Test
  void theLargestStepIsTheGridsUnlessItIsSaid() {
    JobSpec job = load("simulation { steps-per-year = 8, step-control.method = jump-adapted }");
    assertThat(job.simulation().control()).contains(StepControl.fixed(1.0 / 8));
    assertThat(job.simulation().step()).isEqualTo(1.0 / 8);
  }

  @Test
  void wrongSettingsAreReportedTogether() {
    List<String> problems =
        jobs.simulate("simulation.step-control { method = euler, rtol = -1, dt-mix = 3 }");
    assertThat(problems).hasSize(3);
    assertThat(problems.toString())
        .contains("simulation.step-control.method = \"euler\"")
        .contains("simulation.step-control.rtol = -1")
        .contains("simulation.step-control.dt-mix");
  }

  @Test
  void aSmallestStepAboveTheLargestIsRefused() {
    assertThat(
            jobs.simulate(
                "simulation.step-control { method = adaptive, dt-min = 0.5, dt-max = 0.1 }"))
        .singleElement()
        .asString()
        .contains("0.5 is above dt-max, expected at most 0.1");
  }

  @Test
  void aSchemeThatMayMissItsLimitAndDerivativesAreRefused() {
    assertThat(jobs.simulate("simulation { scheme = euler, step-control.method = adaptive }"))
        .singleElement()
        .asString()
        .contains("scheme euler has strong order 0.5 for DIAGONAL noise")
        .contains("milstein");
    assertThat(jobs.price("simulation.step-control.method = adaptive").toString())
        .contains("paths that choose their steps have none yet");
  }

  @Test
  void aMethodMustBeNamedAndSettingsThatItDoesNotUseAreRefused() {
    assertThat(jobs.simulate("simulation.step-control { rtol = 1e-3 }"))
        .singleElement()
        .asString()
        .contains("simulation.step-control.method is missing")
        .contains("expected one of fixed, jump-adapted, adaptive");
    assertThat(
            jobs.simulate(
                "simulation.step-control { method = jump-adapted, rtol = 1e-3, dt-max = 0.1 }"))
        .singleElement()
        .asString()
        .contains("step-control.rtol = 0.001")
        .contains("given with method = jump-adapted, expected only with adaptive");
    assertThat(jobs.simulate("simulation.step-control { method = fixed, dt-max = 0.1 }"))
        .singleElement()
        .asString()
        .contains("step-control.dt-max = 0.1");
  }

  @Test
  void preparedNumbersAndEstimatorsAreRefused() {
    assertThat(
            jobs.price(
                "sensitivities = []",
                "simulation { paths = 1024, scheme = exact, sampling.method = sobol }",
                "model { type = black-scholes, parameters = null }",
                "model.parameters { spot = 100, r = 0.03, sigma = 0.2 }",
                "simulation.step-control.method = jump-adapted",
                "simulation.estimator.method = antithetic"))
        .anyMatch(
            line ->
                line.startsWith("simulation.sampling = ")
                    && line.contains("expected method = pseudo with step-control"))
        .anyMatch(
            line ->
                line.startsWith("simulation.estimator.method = ")
                    && line.contains("with step-control, expected plain"))
        .anyMatch(
            line ->
                line.startsWith("simulation.estimator.method = ")
                    && line.contains("with sampling, expected plain"))
        .hasSize(3);
  }
}
