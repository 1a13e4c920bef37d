package io.pathwise.gpu;

import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLArgDescriptor;
import com.aparapi.internal.opencl.OpenCLKernel;
import com.aparapi.internal.opencl.OpenCLProgram;
import io.pathwise.solve.DeviceException;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled source on a device. Calls of one program take turns: Aparapi keeps the times of the
 * last call without a lock.
 *
 * <p>A call makes its own kernel object, which costs microseconds, rather than using one that lives
 * as long as the program: Aparapi remembers the address of every array it has seen, and where the
 * garbage collector has moved one it pins the new place twice and lets it go once, which would
 * block the collector for ever (docs/adr/0008).
 */
final class OpenClProgram {
  /** Bits of an argument that is an array. */
  private static final long ARRAY =
      OpenCLArgDescriptor.ARG_ARRAY_BIT
          | OpenCLArgDescriptor.ARG_GLOBAL_BIT
          | OpenCLArgDescriptor.ARG_ISARG_BIT;

  private final OpenCLDevice device;
  private final String source;
  private OpenCLProgram program;

  /**
   * Compiles a source.
   *
   * @throws DeviceException if it does not compile, with the platform's message
   */
  OpenClProgram(OpenClDevice device, String source) {
    this(device.handle(), source);
    if (!compiled()) {
      dispose();
      throw BuildFailure.of(device, source);
    }
  }

  private OpenClProgram(OpenCLDevice device, String source) {
    this.device = device;
    this.source = source;
    this.program = compile(device, source);
  }

  /** A program that nobody has checked. */
  static OpenClProgram unchecked(OpenCLDevice device, String source) {
    return new OpenClProgram(device, source);
  }

  static OpenCLProgram compile(OpenCLDevice device, String source) {
    return new OpenCLProgram(device, source).createProgram(device);
  }

  /** Whether the kernel is there. */
  private boolean compiled() {
    try {
      OpenCLKernel.createKernel(program, KernelSource.NAME, List.of()).dispose();
      return true;
    } catch (RuntimeException e) {
      return false; // Aparapi's word for a kernel that is null
    }
  }

  /** An argument of a call, in the order of the kernel's parameters. */
  record Argument(Object value, long bits) {

    /** An array that the kernel reads. */
    static Argument in(Object array) {
      return new Argument(array, type(array) | OpenCLArgDescriptor.ARG_READONLY_BIT);
    }

    /** An array that the kernel writes all of. */
    static Argument out(Object array) {
      return new Argument(array, type(array) | OpenCLArgDescriptor.ARG_WRITEONLY_BIT);
    }

    /** An array that only the kernel uses: nothing is copied. */
    static Argument scratch(Object array) {
      return new Argument(array, type(array));
    }

    static Argument of(int value) {
      return new Argument(
          value,
          OpenCLArgDescriptor.ARG_INT_BIT
              | OpenCLArgDescriptor.ARG_PRIMITIVE_BIT
              | OpenCLArgDescriptor.ARG_ISARG_BIT);
    }

    static Argument of(double value) {
      return new Argument(
          value,
          OpenCLArgDescriptor.ARG_DOUBLE_BIT
              | OpenCLArgDescriptor.ARG_PRIMITIVE_BIT
              | OpenCLArgDescriptor.ARG_ISARG_BIT);
    }

    private static long type(Object array) {
      if (array instanceof double[]) {
        return ARRAY | OpenCLArgDescriptor.ARG_DOUBLE_BIT;
      }
      if (array instanceof long[]) {
        return ARRAY | OpenCLArgDescriptor.ARG_LONG_BIT;
      }
      if (array instanceof int[]) {
        return ARRAY | OpenCLArgDescriptor.ARG_INT_BIT;
      }
      throw new IllegalArgumentException("no argument of " + array.getClass());
    }
  }

  /**
   * Runs the kernel and waits for it. Aparapi reports no error of a call: the caller must look for
   * what the kernel leaves behind.
   *
   * @param groups the number of work groups
   * @param group the work items of a group
   */
  synchronized void run(int groups, int group, List<Argument> arguments) {
    if (program == null) {
      program = compile(device, source); // given back since, and still in use
    }
    List<OpenCLArgDescriptor> descriptors = new ArrayList<>();
    Object[] values = new Object[arguments.size() + 1];
    values[0] = device.createRange(groups * group, group);
    for (Argument argument : arguments) {
      descriptors.add(new OpenCLArgDescriptor("a" + descriptors.size(), argument.bits()));
      values[descriptors.size()] = argument.value();
    }
    OpenCLKernel kernel = OpenCLKernel.createKernel(program, KernelSource.NAME, descriptors);
    try {
      kernel.invoke(values);
    } finally {
      kernel.dispose();
    }
  }

  /** The name of the device. */
  String device() {
    return device.getName();
  }

  /** Gives everything back to the platform; a later call compiles again. */
  synchronized void dispose() {
    if (program != null) {
      program.dispose();
      program = null;
    }
  }
}
