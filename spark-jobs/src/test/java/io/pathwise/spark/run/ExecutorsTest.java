package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.solve.CpuExecutor;
import io.pathwise.spark.job.Backend;
import io.pathwise.spark.job.BadJobException;
import org.junit.jupiter.api.Test;

class ExecutorsTest {

  @Test
  void theCpuIsAnInstalledExecutorLikeAnyOther() {
    assertThat(Executors.named("cpu")).isInstanceOf(CpuExecutor.class);
  }

  @Test
  void autoTakesTheCpuWhereNoExecutorForGpusIsInstalled() {
    assertThat(Executors.choose(Backend.AUTO)).isEqualTo("cpu");
    assertThat(Executors.choose(Backend.CPU)).isEqualTo("cpu");
  }

  @Test
  void aGpuThatIsNotInstalledIsAnErrorAndNotTheCpu() {
    assertThatThrownBy(() -> Executors.choose(Backend.GPU))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("simulation.backend = gpu")
        .hasMessageContaining("expected cpu or auto");
    assertThatThrownBy(() -> Executors.named("gpu")).hasMessageContaining("no executor gpu");
  }
}
