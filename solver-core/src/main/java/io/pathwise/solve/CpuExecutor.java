package io.pathwise.solve;

import io.pathwise.kernel.KernelCache;
import io.pathwise.kernel.ProgramFragments;
import java.util.List;

/** Integrates shards with generated Java loops on the calling thread. */
public final class CpuExecutor implements ShardExecutor {

  @Override
  public String backend() {
    return "cpu";
  }

  @Override
  public List<ComputeDevice> devices() {
    return List.of(device(DeviceRequest.ANY));
  }

  @Override
  public ComputeDevice device(DeviceRequest request) {
    Runtime machine = Runtime.getRuntime();
    return new ComputeDevice(
        0,
        "Java " + Runtime.version().feature(),
        System.getProperty("os.arch"),
        "CPU",
        machine.maxMemory(),
        machine.availableProcessors(),
        true,
        Runtime.version().toString());
  }

  @Override
  public ShardRunner open(PathRun run, DeviceRequest request) {
    return open(run);
  }

  /** Compiles (once in a JVM) and prepares a run for one thread. */
  public ShardRunner open(PathRun run) {
    return new CpuRunner(run, KernelCache.shared().get(run.program()));
  }

  @Override
  public String source(PathRun run) {
    return new ProgramFragments(run.program()).javaSource();
  }
}
