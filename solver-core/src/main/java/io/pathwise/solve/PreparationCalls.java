package io.pathwise.solve;

import io.pathwise.kernel.Preparation;
import io.pathwise.kernel.PreparedNoise;
import io.pathwise.kernel.ProgramFragments;
import java.util.List;
import java.util.stream.IntStream;

/** The calls that prepare the noise of a block before its first step. */
final class PreparationCalls {
  private final BlockMemory memory;
  private final PreparedNoise.Call[] calls;
  private final int[] rows;
  private final FragmentCall[] templates;
  private final FragmentCall.Port[] inputs;
  private final FragmentCall.Port[] outputs;

  PreparationCalls(PathRun run, Calls fragments, BlockMemory memory) {
    this.memory = memory;
    List<Preparation> preparations = run.program().preparations();
    this.templates = new FragmentCall[preparations.size()];
    this.inputs = new FragmentCall.Port[templates.length];
    this.outputs = new FragmentCall.Port[templates.length];
    for (int t = 0; t < templates.length; t++) {
      Preparation template = preparations.get(t);
      templates[t] = fragments.preparation(t);
      templates[t].port(ProgramFragments.PATH).bind(0, memory.path);
      inputs[t] =
          templates[t].port(
              IntStream.range(0, template.inputs()).mapToObj(Preparation::input).toList());
      outputs[t] =
          templates[t].port(
              IntStream.range(0, template.values().size()).mapToObj(Preparation::output).toList());
    }
    this.calls = run.schedule().noise().calls().toArray(PreparedNoise.Call[]::new);
    this.rows = new int[calls.length];
    int[] count = new int[templates.length];
    for (int c = 0; c < calls.length; c++) {
      rows[c] = count[calls[c].template()]++;
    }
  }

  /** Runs call number c on the first n paths of the block, with arrays from a slot on. */
  void run(int c, int base, int n) {
    PreparedNoise.Call call = calls[c];
    int t = call.template();
    for (int i = 0; i < call.inputs().length; i++) {
      inputs[t].bind(i, memory.slot(base + call.inputs()[i]));
    }
    for (int i = 0; i < call.outputs().length; i++) {
      outputs[t].bind(i, memory.slot(base + call.outputs()[i]));
    }
    templates[t].run(rows[c], n);
  }
}
