package io.pathwise.gpu;

import io.pathwise.kernel.ProgramFragments;
import io.pathwise.solve.ComputeDevice;
import io.pathwise.solve.DeviceException;
import io.pathwise.solve.DeviceRequest;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.ShardExecutor;
import io.pathwise.solve.ShardRunner;
import java.util.List;

/** Integrates shards on an OpenCL device. */
public final class OpenClExecutor implements ShardExecutor {
  /** What a source is shown for where no device is: the geometry of a GPU. */
  private static final Geometry TYPICAL = new Geometry(1, 512, true);

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
    OpenClDevice device = OpenClDevices.select(request);
    if (!device.description().doubles()) {
      throw new DeviceException(
          device.description().description() + " does not compute in double precision (fp64)",
          true);
    }
    ProgramFragments fragments = new ProgramFragments(run.program());
    Tape tape = Tape.of(run, fragments);
    Geometry geometry = device.geometry(Double.BYTES * tape.numbers().length);
    OpenClProgram program =
        ProgramPool.get(device, KernelSource.of(run.program(), fragments, geometry));
    int groups = device.description().computeUnits();
    return new DeviceRunner(run, program, tape, geometry, groups, groups * 4);
  }

  @Override
  public String source(PathRun run) {
    return KernelSource.of(run.program(), new ProgramFragments(run.program()), TYPICAL);
  }
}
