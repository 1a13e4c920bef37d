package io.pathwise.gpu;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.jni.KernelArgJNI;
import com.aparapi.internal.jni.KernelRunnerJNI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A compiled kernel behind Aparapi's native runner, which holds the arrays of a call in place until
 * the device has finished and tells how the call went (docs/adr/0008). The runner wants the kernel
 * to be called {@value #NAME} and its last parameter to be an int, {@code passid}.
 *
 * <p>Everything here belongs on the thread of the device ({@link DeviceThread}).
 */
final class NativeKernel extends KernelRunnerJNI {
  static final String NAME = "run";

  /** Elements of the arrays that take the place of large ones. */
  private static final int EMPTY = 16;

  private final ByteBuffer in = word();
  private final ByteBuffer out = word();
  private final OpenCLDevice device;
  private final long context;
  private Argument[] bound;
  private int lastGroup;

  /** An array of a call, in the order of the kernel's parameters. */
  static final class Argument extends KernelArgJNI {
    private Argument(Object values, int use) {
      name = "array";
      type = use | ARG_ARRAY | ARG_GLOBAL;
      set(values);
    }

    /** An array that the kernel reads. */
    static Argument in(Object values) {
      return new Argument(values, ARG_READ);
    }

    /** An array that the kernel writes all of. */
    static Argument out(Object values) {
      return new Argument(values, ARG_WRITE);
    }

    /** An array that the kernel reads and writes. */
    static Argument inOut(Object values) {
      return new Argument(values, ARG_READ | ARG_WRITE);
    }

    /** An array that only the kernel uses: nothing is copied back. */
    static Argument scratch(Object values) {
      return new Argument(values, 0);
    }

    private void set(Object values) {
      javaArray = values;
      if (values instanceof double[] doubles) {
        type |= ARG_DOUBLE;
        size(doubles.length, Double.BYTES);
      } else if (values instanceof long[] longs) {
        type |= ARG_LONG;
        size(longs.length, Long.BYTES);
      } else if (values instanceof int[] ints) {
        type |= ARG_INT;
        size(ints.length, Integer.BYTES);
      } else {
        throw new IllegalArgumentException("no argument of " + values.getClass());
      }
    }

    private void size(int elements, int bytes) {
      numElements = elements;
      sizeInBytes = Math.multiplyExact(elements, bytes);
    }

    Object javaArray() {
      return javaArray;
    }

    int sizeInBytes() {
      return sizeInBytes;
    }

    private Object empty() {
      if (javaArray instanceof double[]) {
        return new double[EMPTY];
      }
      return javaArray instanceof long[] ? new long[EMPTY] : new int[EMPTY];
    }
  }

  /** Java code that Aparapi could fall back to on its other routes. There is none on this one. */
  private static final class NoJava extends Kernel {
    @Override
    public void run() {
      throw new UnsupportedOperationException();
    }
  }

  private NativeKernel(OpenCLDevice device, long context) {
    this.device = device;
    this.context = context;
  }

  /** Compiles a source; null where the platform does not, with its reasons on native stderr. */
  static NativeKernel compile(OpenCLDevice device, String source) {
    int flags =
        device.getType() == Device.TYPE.GPU
            ? JNI_FLAG_USE_GPU
            : device.getType() == Device.TYPE.ACC ? JNI_FLAG_USE_ACC : 0;
    NativeKernel starter = new NativeKernel(device, 0);
    long context = starter.initJNI(new NoJava(), device, flags);
    // a context whose source does not compile stays: Aparapi would free what it never set
    return context == 0 || starter.buildProgramJNI(context, source, "") == 0
        ? null
        : new NativeKernel(device, context);
  }

  /**
   * Runs the kernel and waits for it.
   *
   * @param groups the number of work groups
   * @param group the work items of a group
   * @return the OpenCL status, 0 for success. After any other, neither this kernel nor this thread
   *     may be used for calls: Aparapi lets go of arrays that it may not hold
   */
  int run(int groups, int group, List<Argument> arguments) {
    if (bound == null) {
      bound = arguments.toArray(Argument[]::new);
      setArgsJNI(context, bound, bound.length);
    }
    for (int i = 0; i < bound.length; i++) {
      bound[i].set(arguments.get(i).javaArray());
    }
    lastGroup = group;
    return call(groups);
  }

  private int call(int groups) {
    Range range = device.createRange(groups * lastGroup, lastGroup);
    return runKernelJNI(context, range, true, 1, in, out);
  }

  /** The bytes of the arrays of the last call, which the device and the heap still hold. */
  long held() {
    long bytes = 0;
    if (bound != null) {
      for (Argument argument : bound) {
        bytes += argument.sizeInBytes();
      }
    }
    return bytes;
  }

  /** Lets go of the arrays of the last call: runs the kernel on zeros, which are no work for it. */
  int empty() {
    for (Argument argument : bound) {
      argument.set(argument.empty());
    }
    return call(1);
  }

  /** Gives everything back to the platform. */
  void dispose() {
    if (bound == null) {
      setArgsJNI(context, new KernelArgJNI[0], 0);
    }
    disposeJNI(context);
  }

  private static ByteBuffer word() {
    return ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
  }
}
