package io.pathwise.solve;

import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Schedule;

/** The arrays of one block of paths: one a slot of the {@link Itinerary}. */
final class BlockMemory {
  final double[] path = Lanes.block();
  final double[] status = Lanes.block();
  final double[] value = Lanes.block();

  private final PathProgram program;
  private final Schedule schedule;
  private final double[][] slots;
  private final int[] offsets;
  private final InputLayout inputs;

  BlockMemory(PathRun run, Itinerary itinerary) {
    this.program = run.program();
    this.schedule = run.schedule();
    if (itinerary.bytes() > Lanes.LIMIT_BYTES) {
      throw new IllegalStateException(
          "the "
              + (program.swept() ? "gradient" : "simulation")
              + " needs "
              + (itinerary.bytes() >> 20)
              + " MiB a thread, more than "
              + (Lanes.LIMIT_BYTES >> 20)
              + ": use fewer steps or states"
              + (program.swept() ? ", or a gradient method that stores less" : ""));
    }
    this.slots = Lanes.blocks(itinerary.slots());
    this.inputs = itinerary.inputs();
    this.offsets = new int[schedule.outputs().size()];
    for (int o = 0; o < offsets.length; o++) {
      offsets[o] = run.offset(o);
    }
  }

  double[] slot(int number) {
    return slots[number];
  }

  int offset(int output) {
    return offsets[output];
  }

  InputLayout inputs() {
    return inputs;
  }

  /** Points each of some leaves at a slot of its own, from {@code first} on. */
  void bind(FragmentCall.Port port, int[] each, int first) {
    for (int i = 0; i < each.length; i++) {
      port.bind(i, slots[first + each[i]]);
    }
  }

  /** Points a vector at the slots from {@code slot} on. */
  void bind(FragmentCall.Port port, int slot) {
    for (int i = 0; i < port.size(); i++) {
      port.bind(i, slots[slot + i]);
    }
  }

  /**
   * Points the normals of step k, set by set and channel by channel, at what was drawn.
   *
   * @param slot where the normals of its granule lie, or all prepared ones
   */
  void bindNoise(FragmentCall.Port port, int k, int slot) {
    int fine = schedule.fineStep()[k];
    int sets = program.noiseSets();
    int channels = program.channels();
    for (int set = 0; set < sets; set++) {
      for (int c = 0; c < channels; c++) {
        int number =
            program.prepared()
                ? schedule.noise().array(fine, sets, set, c)
                : (sets == 2 ? set : fine % program.granule()) * channels + c;
        port.bind(set * channels + c, slots[slot + number]);
      }
    }
  }
}
