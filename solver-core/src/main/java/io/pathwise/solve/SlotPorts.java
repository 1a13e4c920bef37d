package io.pathwise.solve;

import io.pathwise.payoff.Output;
import java.util.stream.IntStream;

/** The places in the table of a call of the functionals that an output instance reads. */
final class SlotPorts {
  private final FragmentCall.Port[] ports;

  SlotPorts(PathRun run, int o, FragmentCall call) {
    int[] functionals = run.schedule().outputs().get(o).functionals();
    this.ports = new FragmentCall.Port[functionals.length];
    for (int k = 0; k < ports.length; k++) {
      int slot = k;
      ports[k] =
          call.port(
              IntStream.range(0, run.components(functionals[k]))
                  .mapToObj(j -> Output.slot(slot, j))
                  .toList());
    }
  }

  /** Points them at the slots where the functionals lie. */
  void bind(BlockMemory memory, int[] functionals) {
    for (int k = 0; k < ports.length; k++) {
      memory.bind(ports[k], functionals[k]);
    }
  }
}
