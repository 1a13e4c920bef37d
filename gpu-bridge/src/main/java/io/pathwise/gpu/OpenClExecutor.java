package io.pathwise.gpu;

import io.pathwise.control.StepControl;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.solve.ComputeDevice;
import io.pathwise.solve.DeviceException;
import io.pathwise.solve.DeviceRequest;
import io.pathwise.solve.ParityCheck;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.ShardExecutor;
import io.pathwise.solve.ShardRunner;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Integrates shards on an OpenCL device. */
public final class OpenClExecutor implements ShardExecutor {
  /** What a source is shown for where no device is: the geometry of a GPU. */
  private static final Geometry TYPICAL = new Geometry(1, 512, true);

  /** The sources whose first shard has been held against the CPU's, with their devices. */
  private static final Set<String> CHECKED = ConcurrentHashMap.newKeySet();

  @Override
  public String backend() {
    return "gpu";
  }

  @Override
  public List<ComputeDevice> devices() {
    return OpenClDevices.all().stream().map(OpenClDevice::description).toList();
  }

  @Override
  public ComputeDevice device(DeviceRequest request) {
    return OpenClDevices.select(request).description();
  }

  @Override
  public ShardRunner open(PathRun run, DeviceRequest request) {
    if (run.control().isPresent()) {
      throw new DeviceException(StepControl.NOT_ON_GPU + ": their trees need a stack a path", true);
    }
    OpenClDevice device = OpenClDevices.select(request);
    if (!device.description().doubles()) {
      throw new DeviceException(
          device.description().description() + " does not compute in double precision (fp64)",
          true);
    }
    if (device.cpu() && !SignalChaining.safe()) {
      throw new DeviceException(
          device.description().description()
              + " compiles inside this process and takes over signals of the JVM: start it with the"
              + " environment variable LD_PRELOAD = "
              + SignalChaining.LIBRARY,
          true);
    }
    ProgramFragments fragments = new ProgramFragments(run.program());
    Tape tape = Tape.of(run, fragments);
    Geometry geometry = device.geometry(Double.BYTES * tape.numbers().length);
    Workload workload = Workload.of(device, run, tape, geometry);
    String source = KernelSource.of(run.program(), fragments, geometry);
    ShardRunner runner =
        new DeviceRunner(run, ProgramPool.get(device, source), tape, geometry, workload);
    return guarded(run, runner, device, source, request.parityCheck());
  }

  private static ShardRunner guarded(
      PathRun run, ShardRunner runner, OpenClDevice device, String source, ParityCheck check) {
    String key = device.description() + source;
    boolean checked = check == ParityCheck.FIRST_SHARD && CHECKED.contains(key);
    if (check == ParityCheck.OFF || checked) {
      return runner;
    }
    return new ParityGuard(run, runner, device.description().description(), () -> CHECKED.add(key));
  }

  @Override
  public String source(PathRun run) {
    return KernelSource.of(run.program(), new ProgramFragments(run.program()), TYPICAL);
  }
}
