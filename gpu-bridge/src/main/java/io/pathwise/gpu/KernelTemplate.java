package io.pathwise.gpu;

import io.pathwise.kernel.Lanes;

/** The parts of a kernel source that are the same for every program. */
final class KernelTemplate {
  private KernelTemplate() {}

  /** Types and helpers for a geometry. */
  static String prelude(Geometry geometry) {
    return """
        #pragma OPENCL EXTENSION cl_khr_fp64 : enable
        #pragma OPENCL FP_CONTRACT OFF
        #define UNIFORM %s
        #define LANES %d
        #define GROUP %d
        #define WIDTH %d
        """
            .formatted(
                geometry.constant() ? "__constant const" : "__global const",
                Lanes.WIDTH,
                geometry.group(),
                geometry.width())
        + types(geometry.width())
        + """
        #define R(x) ((real)(x))
        #define B(x) ((bits)(x))
        // what a lane keeps: slots of a work item, and the sums of its lanes
        #define KEPT(slot) LOAD(kept + (size_t)(slot) * GROUP * WIDTH)
        #define KEEP(value, slot) STORE(value, kept + (size_t)(slot) * GROUP * WIDTH)
        #define SUM(number) LOAD(lanes + (size_t)(number) * LANES + lane)
        #define ADD(value, old, number) \\
          STORE(live ? (value) : (old), lanes + (size_t)(number) * LANES + lane)
        #define CAPTURE(value, number) STORE(value, captured + (size_t)(number) * stride + at)
        // what a path carries from one leg of a run to the next
        #define CARRIED(row) LOAD(carried + (size_t)(row) * stride + at)
        #define CARRY(value, row) STORE(value, carried + (size_t)(row) * stride + at)

        real maximum(real a, real b) {
          const real larger = a == b ? TO_REAL(TO_BITS(a) & TO_BITS(b)) : (a > b ? a : b);
          return a != a ? a : larger;
        }

        real minimum(real a, real b) {
          const real smaller = a == b ? TO_REAL(TO_BITS(a) | TO_BITS(b)) : (a < b ? a : b);
          return a != a ? a : smaller;
        }
        """;
  }

  private static String types(int width) {
    return width == 1
        ? """
        typedef double real;
        typedef ulong bits;
        typedef long mask;
        #define TO_BITS(x) as_ulong(x)
        #define TO_REAL(x) as_double(x)
        #define TO_SINGLE(x) ((double)(float)(x))
        #define SHIFT_SIGNED(x, n) as_ulong(as_long(x) >> (n))
        #define LOAD(p) (*(p))
        #define STORE(x, p) (*(p) = (x))
        #define BELOW(lane, n) ((mask)((lane) < (n)))
        #define PATHS(p) (*(p))
        """
        : """
        typedef double%1$d real;
        typedef ulong%1$d bits;
        typedef long%1$d mask;
        #define TO_BITS(x) as_ulong%1$d(x)
        #define TO_REAL(x) as_double%1$d(x)
        #define TO_SINGLE(x) convert_double%1$d(convert_float%1$d(x))
        #define SHIFT_SIGNED(x, n) as_ulong%1$d(as_long%1$d(x) >> (mask)(n))
        #define LOAD(p) vload%1$d(0, p)
        #define STORE(x, p) vstore%1$d(x, 0, p)
        #define BELOW(lane, n) ((mask)(lane) + (mask)(0, 1, 2, 3, 4, 5, 6, 7) < (mask)(n))
        #define PATHS(p) vload%1$d(0, p)
        """
            .formatted(width);
  }

  /**
   * The kernel.
   *
   * <p>Group g takes shards g, g + groups, ... of the call. An item takes its lanes of a block one
   * after the other, block after block, so the sums of a lane add up in the canonical order; then
   * the group folds the lanes by a halving tree. The stamp behind the sums shows that the kernel
   * ran.
   */
  static String body(String variables, String cases) {
    return """
        __attribute__((reqd_work_group_size(GROUP, 1, 1)))
        __kernel void run(
            UNIFORM double *numbers, UNIFORM ulong *words, __global const int *tape,
            __global const ulong *paths, __global const int *sizes, __global const int *call,
            __global double *sums, __global double *status, __global double *captured,
            __global double *carried, __global double *memory, int passid) {
          const int shards = call[0];
          const int stride = call[1];
          const int shardStride = call[2];
          const int sumCount = call[3];
          const int groupMemory = call[4];
          const int stamp = call[5];
          __local double tree[LANES];
          const int item = get_local_id(0);
          __global double *lanes = memory + (size_t)get_group_id(0) * groupMemory;
          __global double *kept = lanes + (size_t)sumCount * LANES + item * WIDTH;
          for (int shard = get_group_id(0); shard < shards; shard += get_num_groups(0)) {
            const int size = sizes[shard];
            for (int s = 0; s < sumCount; s++) {
              for (int lane = item * WIDTH; lane < LANES; lane += GROUP * WIDTH) {
                STORE(R(0.0), lanes + (size_t)s * LANES + lane);
              }
            }
            for (int block = 0; block < size; block += LANES) {
              for (int lane = item * WIDTH; lane < LANES && block + lane < size;
                  lane += GROUP * WIDTH) {
                const size_t at = (size_t)shard * shardStride + block + lane;
                const mask live = BELOW(block + lane, size);
                const bits path = PATHS(paths + at);
                real bad = R(0.0);
        """
        + variables
        + """
                for (int pc = 0; tape[pc] >= 0;) {
                  const int number = tape[pc + 1];
                  const int word = tape[pc + 2];
                  switch (tape[pc]) {
        """
        + cases
        + """
                  }
                }
                STORE(bad, status + at);
              }
            }
            barrier(CLK_GLOBAL_MEM_FENCE);
            for (int s = 0; s < sumCount; s++) {
              for (int l = item; l < LANES; l += GROUP) {
                tree[l] = lanes[(size_t)s * LANES + l];
              }
              barrier(CLK_LOCAL_MEM_FENCE);
              for (int w = LANES / 2; w > 0; w /= 2) {
                for (int l = item; l < w; l += GROUP) {
                  tree[l] += tree[l + w];
                }
                barrier(CLK_LOCAL_MEM_FENCE);
              }
              if (item == 0) {
                sums[(size_t)shard * (sumCount + 1) + s] = tree[0];
              }
            }
            if (item == 0) {
              sums[(size_t)shard * (sumCount + 1) + sumCount] = stamp;
            }
          }
        }
        """;
  }
}
