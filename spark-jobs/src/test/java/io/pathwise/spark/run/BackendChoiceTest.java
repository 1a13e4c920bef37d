package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.solve.ComputeDevice;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.HybridExecutor;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.job.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendChoiceTest {
  @TempDir private Path folder;

  private static ComputeDevice device(String type, boolean doubles) {
    return new ComputeDevice(0, "Ocean", "Wave 7", type, 1L << 30, 8, doubles, "OpenCL 3");
  }

  private JobSpec job(Map<String, String> overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("job.conf"), RunFixture.BLACK_SCHOLES);
    return JobFile.load(file, overrides);
  }

  @Test
  void autoTakesAGpuWithTheIdleCores() {
    assertThat(BackendChoice.auto(List.of(device("CPU", true), device("GPU", true))).text())
        .isEqualTo("gpu+cpu (auto: Wave 7)");
  }

  @Test
  void autoSaysWhyItTakesTheCpu() {
    assertThat(BackendChoice.auto(List.of()).text()).isEqualTo("cpu (auto: no OpenCL device)");
    assertThat(BackendChoice.auto(List.of(device("CPU", true))).text())
        .isEqualTo("cpu (auto: no GPU among the OpenCL devices: Wave 7 (Ocean, CPU))");
    assertThat(BackendChoice.auto(List.of(device("GPU", false))).text())
        .isEqualTo("cpu (auto: Wave 7 does not compute in double precision)");
  }

  @Test
  void onAClusterTheExecutorsDecide() throws IOException {
    String master = "spark://host:7077";
    assertThat(BackendChoice.of(job(Map.of()), master).backend()).isEqualTo("cpu");
    assertThat(
            BackendChoice.of(job(Map.of("spark.executor.resource.gpu.amount", "1")), master).text())
        .isEqualTo("gpu+cpu (auto: spark.executor.resource.gpu.amount = 1)");
    assertThat(BackendChoice.of(job(Map.of("simulation.backend", "gpu")), master).text())
        .isEqualTo("gpu");
  }

  @Test
  void aDeviceThatIsNotThereIsAnErrorAndNotTheCpu() throws IOException {
    JobSpec job = job(Map.of("simulation.backend", "gpu", "gpu.device", "Abacus"));
    assertThatThrownBy(() -> BackendChoice.of(job, "local[2]"))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("simulation.backend = gpu: gpu.device = Abacus: no such device")
        .hasMessageContaining("expected one of 0 ");
  }

  @Test
  void aSchemeThatNoDeviceRunsStaysOnTheCpuOrIsRefused() throws IOException {
    Optional<String> reason = Optional.of("it draws trees");
    assertThat(BackendChoice.of(job(Map.of()), "local[2]", reason).text())
        .isEqualTo("cpu (auto: not on GPU: it draws trees)");
    JobSpec gpu = job(Map.of("simulation.backend", "gpu"));
    assertThatThrownBy(() -> BackendChoice.of(gpu, "spark://host:7077", reason))
        .isInstanceOf(BadJobException.class)
        .hasMessageContaining("simulation.backend = gpu: not on GPU: it draws trees");
  }

  @Test
  void executorsAreFoundByName() {
    assertThat(Executors.named("cpu")).isInstanceOf(CpuExecutor.class);
    assertThat(Executors.named("gpu").backend()).isEqualTo("gpu");
    assertThat(Executors.named("gpu+cpu"))
        .isInstanceOf(HybridExecutor.class)
        .isSameAs(Executors.named("gpu+cpu"));
    assertThatThrownBy(() -> Executors.named("abacus"))
        .hasMessageContaining("no executor abacus is installed");
  }
}
