package io.pathwise.spark.run;

import io.pathwise.control.StepControl;
import io.pathwise.solve.ComputeDevice;
import io.pathwise.solve.DeviceException;
import io.pathwise.spark.job.Backend;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobSpec;
import java.util.List;
import java.util.Optional;

/**
 * Where the shards of a run go.
 *
 * @param backend the name of the executor of shards
 * @param reason why, where the job left it open
 */
record BackendChoice(String backend, Optional<String> reason) {
  private static final String EXECUTOR_GPUS = "spark.executor.resource.gpu.amount";

  /**
   * The choice for a job. On a cluster the driver does not look for devices: its executors have
   * them.
   *
   * @param master Spark's master
   * @throws BadJobException if a GPU is asked for and tasks of this JVM find none that fits
   */
  static BackendChoice of(JobSpec job, String master) {
    return of(job, master, notOnGpu(job));
  }

  /** Why paths of a job do not run on a device; empty where they do. */
  static Optional<String> notOnGpu(JobSpec job) {
    return job.simulation()
        .control()
        .map(control -> StepControl.NOT_ON_GPU)
        .or(() -> job.simulation().scheme().notOnGpu());
  }

  /** The same where the scheme's reason not to run on a device is known. */
  static BackendChoice of(JobSpec job, String master, Optional<String> notOnGpu) {
    boolean local = master.startsWith("local") && !master.startsWith("local-cluster");
    return switch (job.simulation().backend()) {
      case CPU -> new BackendChoice(Executors.CPU, Optional.empty());
      case GPU -> {
        if (notOnGpu.isPresent()) {
          throw new BadJobException(
              List.of("simulation.backend = gpu: not on GPU: " + notOnGpu.get()));
        }
        if (local) {
          requireDevice(job);
        }
        yield new BackendChoice(Executors.GPU, Optional.empty());
      }
      case AUTO ->
          notOnGpu.isPresent()
              ? cpu("not on GPU: " + notOnGpu.get())
              : local ? auto(Executors.named(Executors.GPU).devices()) : cluster(job);
    };
  }

  private static void requireDevice(JobSpec job) {
    try {
      Executors.named(Executors.GPU).device(job.gpu().request(Optional.empty()));
    } catch (DeviceException e) {
      throw new BadJobException(List.of("simulation.backend = gpu: " + e.getMessage()), e);
    }
  }

  private static BackendChoice cluster(JobSpec job) {
    String amount = job.sparkConf().getOrDefault(EXECUTOR_GPUS, "0");
    return amount.equals("0")
        ? cpu("executors have no GPUs: " + EXECUTOR_GPUS + " is not set")
        : hybrid(EXECUTOR_GPUS + " = " + amount);
  }

  /** What {@link Backend#AUTO} takes where these devices are. */
  static BackendChoice auto(List<ComputeDevice> devices) {
    if (devices.isEmpty()) {
      return cpu("no OpenCL device");
    }
    List<ComputeDevice> gpus = devices.stream().filter(d -> d.type().equals("GPU")).toList();
    if (gpus.isEmpty()) {
      return cpu("no GPU among the OpenCL devices: " + devices.get(0).description());
    }
    return gpus.stream()
        .filter(ComputeDevice::doubles)
        .findFirst()
        .map(gpu -> hybrid(gpu.name()))
        .orElseGet(() -> cpu(gpus.get(0).name() + " does not compute in double precision"));
  }

  /** That of a job without paths. */
  static BackendChoice unused() {
    return new BackendChoice(Executors.CPU, Optional.of("no paths are simulated"));
  }

  private static BackendChoice cpu(String reason) {
    return new BackendChoice(Executors.CPU, Optional.of(reason));
  }

  private static BackendChoice hybrid(String reason) {
    return new BackendChoice(Executors.HYBRID, Optional.of(reason));
  }

  /** The choice in words, as in {@code runs.backend}. */
  String text() {
    return backend + reason.map(why -> " (auto: " + why + ")").orElse("");
  }
}
