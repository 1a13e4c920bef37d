package io.pathwise.solve;

import io.pathwise.kernel.CompiledProgram;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.ProgramFragments;

/** Walks one path that chooses its steps, its fragments in the interpreter. */
final class TreeReplay {
  private final PathRun run;
  private final Calls calls;
  private final BlockMemory memory;
  private final TreeWalk walk;

  TreeReplay(PathRun run) {
    this.run = run;
    ProgramFragments fragments = new ProgramFragments(run.program());
    this.calls =
        new Calls(run, new CompiledProgram(fragments, new InterpretedKernel(fragments.plans())));
    this.memory = new BlockMemory(run, new Itinerary(run, fragments));
    this.walk = new TreeWalk(run, calls);
  }

  /** For each grid time, the n states. */
  double[][] states(long path) {
    int n = run.program().states();
    double[][] states = new double[run.schedule().steps() + 1][n];
    Lanes.words(memory.path, new long[] {path}, 0, 1);
    states[0] = calls.initialState();
    for (int i = 0; i < n; i++) {
      memory.slot(i)[0] = states[0][i];
    }
    for (int k = 0; k < run.schedule().steps(); k++) {
      int from = k % 2 == 0 ? 0 : n;
      int to = n - from;
      walk.step(memory, k, from, to, 1);
      for (int i = 0; i < n; i++) {
        states[k + 1][i] = memory.slot(to + i)[0];
      }
    }
    return states;
  }
}
