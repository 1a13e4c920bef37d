package io.pathwise.gpu;

import com.aparapi.device.OpenCLDevice;
import io.pathwise.gpu.NativeKernel.Argument;
import io.pathwise.solve.ComputeDevice;
import java.util.List;

/**
 * An OpenCL device.
 *
 * @param handle what Aparapi calls it by
 * @param description what users see of it
 */
record OpenClDevice(OpenCLDevice handle, ComputeDevice description) {
  private static final String PROBE =
      """
      __kernel void run(__global int *answer, __global int *memory, int passid) {
      #if defined(cl_khr_fp64) || defined(__opencl_c_fp64)
        answer[0] = 2;
      #else
        answer[0] = 1;
      #endif
      }
      """;

  /** Whether a device computes in double precision, which Aparapi does not tell: asks a kernel. */
  static boolean computesDoubles(OpenCLDevice device) {
    OpenClProgram probe = OpenClProgram.unchecked(device, PROBE);
    try {
      int[] answer = new int[1];
      probe.run(1, 1, List.of(Argument.out(answer)), 1);
      return answer[0] == 2;
    } catch (RuntimeException doesNotCompile) {
      return false;
    } finally {
      probe.dispose();
    }
  }

  /** The uniform values that fit into constant memory on every device (OpenCL 1.2, table 4.3). */
  private static final int CONSTANT_BYTES = 64 << 10;

  /** Lanes are items on a GPU; on a CPU one item has them all, eight at a time in a register. */
  Geometry geometry(int uniformBytes) {
    boolean constant = uniformBytes <= CONSTANT_BYTES;
    if (cpu()) {
      return new Geometry(8, 1, constant);
    }
    int group = 512;
    while (group > handle.getMaxWorkGroupSize()) {
      group /= 2;
    }
    return new Geometry(1, group, constant);
  }

  boolean cpu() {
    return description.type().equals("CPU");
  }
}
