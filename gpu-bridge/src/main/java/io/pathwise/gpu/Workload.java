package io.pathwise.gpu;

import io.pathwise.kernel.Lanes;
import io.pathwise.solve.DeviceException;
import io.pathwise.solve.PathRun;

/**
 * How much of a run a device takes at once.
 *
 * @param groups work groups, each with its own memory
 * @param groupMemory the doubles that a group works in: the sums of its lanes, then what its items
 *     keep
 * @param batch shards a call: few enough for a call to be short, since the garbage collector waits
 *     for it
 * @param carriedRows the rows that paths bring along or take along, the larger number
 */
record Workload(int groups, int groupMemory, int batch, int carriedRows) {
  /** Aparapi counts the bytes of an array in an int. */
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE;

  /** The part of the Java heap that a thread's work may take: Aparapi backs it by an array. */
  private static final int HEAP_SHARE = 8;

  private static final long LEAST_BYTES = 64L << 20;

  /** Enough groups on a multiprocessor to hide the latency of memory. */
  private static final int GROUPS_A_UNIT = 4;

  /** Calls of fragments in a call of the kernel, over all paths: about a tenth of a second. */
  private static final double CALLS_A_UNIT = 2e7;

  private static final long MOST_CAPTURED = 1L << 26;

  /** What fits a device. */
  static Workload of(OpenClDevice device, PathRun run, Tape tape, Geometry geometry) {
    long memory =
        (long) run.sums() * Lanes.WIDTH + (long) tape.slots() * geometry.group() * geometry.width();
    long limit =
        Math.min(
            Math.min(LARGEST_ARRAY, device.handle().getMaxMemAllocSize()),
            Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
    long fitting = limit / (memory * Double.BYTES);
    if (fitting == 0) {
      throw new DeviceException(
          "not on GPU: a work group needs "
              + ((memory * Double.BYTES) >> 20)
              + " MiB for the states of all steps and the sums of all outputs, and "
              + device.description().description()
              + " and an eighth of the Java heap allow "
              + (limit >> 20)
              + " MiB: use gradient.method = checkpointed, fewer steps or outputs, a larger heap, or"
              + " simulation.backend = cpu",
          true);
    }
    int units = device.description().computeUnits();
    int groups = (int) Math.min(fitting, device.cpu() ? units : GROUPS_A_UNIT * units);
    double calls = (double) tape.calls() * SHARD;
    long batch = (long) (CALLS_A_UNIT * units / calls) / groups * groups;
    int carried =
        Math.max(
            (run.continued() ? run.carriedRows(run.leg().from()) : 0) + tape.brought(),
            run.cut() ? run.carriedRows(run.leg().to()) : 0);
    long captured = (long) SHARD * (1 + tape.captured().length + carried);
    batch = Math.min(batch, MOST_CAPTURED / captured);
    return new Workload(
        groups, (int) memory, (int) Math.max(1, Math.min(batch, MOST_SHARDS)), carried);
  }

  /** The usual size of a shard; other sizes only make calls longer or shorter. */
  private static final int SHARD = 4096;

  private static final int MOST_SHARDS = 4096;
}
