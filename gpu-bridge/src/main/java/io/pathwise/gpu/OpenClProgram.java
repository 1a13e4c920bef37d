package io.pathwise.gpu;

import com.aparapi.device.OpenCLDevice;
import io.pathwise.gpu.NativeKernel.Argument;
import io.pathwise.solve.DeviceException;
import java.util.ArrayList;
import java.util.List;

/**
 * A source on a device, compiled when it is first called and again after the device has failed or
 * the pool has given it back.
 */
final class OpenClProgram {
  /** Arrays of more than this leave the device when another program needs it. */
  private static final long MOST_HELD = 1L << 20;

  private final OpenCLDevice device;
  private final String source;
  private final DeviceThread thread;
  private NativeKernel kernel;
  private double[] scratch = new double[0];

  private OpenClProgram(OpenCLDevice device, String source) {
    this.device = device;
    this.source = source;
    this.thread = DeviceThread.of(device);
    this.kernel = thread.call(() -> NativeKernel.compile(device, source));
  }

  /**
   * Compiles a source.
   *
   * @throws DeviceException if it does not compile, with the platform's message
   */
  static OpenClProgram of(OpenClDevice device, String source) {
    OpenClProgram program = new OpenClProgram(device.handle(), source);
    if (program.kernel == null) {
      throw BuildFailure.of(device, source);
    }
    return program;
  }

  /** A program that may not have compiled: then calls fail. */
  static OpenClProgram unchecked(OpenCLDevice device, String source) {
    return new OpenClProgram(device, source);
  }

  /**
   * Runs the kernel and waits for it.
   *
   * @param groups the number of work groups
   * @param group the work items of a group
   * @param scratch the doubles of memory that the kernel works in, its last array
   * @throws DeviceException if the platform refuses
   */
  void run(int groups, int group, List<Argument> arguments, int scratch) {
    int status = thread.call(() -> execute(groups, group, arguments, scratch));
    if (status != 0) {
      throw refused(status);
    }
  }

  private DeviceException refused(int status) {
    return new DeviceException(
        device.getName()
            + " did not run the kernel (OpenCL status "
            + status
            + "): the device is lost or out of resources; the platform's message stands on the"
            + " standard error stream of this process");
  }

  private int execute(int groups, int group, List<Argument> arguments, int size) {
    if (kernel == null) {
      kernel = NativeKernel.compile(device, source);
      if (kernel == null) {
        throw new DeviceException(device.getName() + " does not compile the kernel");
      }
    }
    thread.hold(this);
    if (scratch.length < size) {
      scratch = new double[size];
    }
    List<Argument> all = new ArrayList<>(arguments);
    all.add(Argument.scratch(scratch));
    return checked(kernel.run(groups, group, all));
  }

  /** On the thread of the device: gives back the memory of the last call. */
  void release() {
    if (kernel != null && kernel.held() > MOST_HELD) {
      scratch = new double[0];
      int status = checked(kernel.empty());
      if (status != 0) {
        throw refused(status);
      }
    }
  }

  private int checked(int status) {
    if (status != 0) {
      forget();
      thread.replace();
    }
    return status;
  }

  /** The name of the device. */
  String device() {
    return device.getName();
  }

  /** Gives everything back to the platform; a later call compiles again. */
  void dispose() {
    thread.call(
        () -> {
          forget();
          return true;
        });
  }

  private void forget() {
    if (kernel != null) {
      kernel.dispose();
      kernel = null;
      scratch = new double[0];
    }
  }
}
