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
}
