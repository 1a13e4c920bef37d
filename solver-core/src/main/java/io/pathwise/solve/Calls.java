package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.CompiledProgram;
import io.pathwise.kernel.FragmentPlan;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the calls of a run's fragments with their uniform values. */
final class Calls {
  private final PathProgram program;
  private final CompiledProgram compiled;
  private final UniformRows uniforms;
  private final double[][] temporaries;

  Calls(PathRun run, CompiledProgram compiled) {
    this.program = run.program();
    this.compiled = compiled;
    this.uniforms = new UniformRows(run, compiled.fragments());
    this.temporaries =
        Lanes.blocks(
            compiled.fragments().plans().stream()
                .mapToInt(FragmentPlan::temporaries)
                .max()
                .orElse(0));
  }

  /** The leaves of the states, in order. */
  List<Expr> states() {
    return IntStream.range(0, program.states()).mapToObj(PathProgram::state).toList();
  }

  /** The leaves of the normals that a step reads, set by set and channel by channel. */
  List<Expr> normals() {
    return program.normalLeaves();
  }

  double[] initialState() {
    return uniforms.initialState();
  }

  FragmentCall noise() {
    return call(uniforms.noise());
  }

  /** Preparation template t, with a row of uniform values a call of it. */
  FragmentCall preparation(int t) {
    return call(uniforms.preparation(t));
  }

  /** A fragment with a row of uniform values a step. */
  FragmentCall step(String name) {
    return call(uniforms.step(name));
  }

  /** A fragment of functional instance {@code f}, with a row of uniform values an event. */
  FragmentCall update(String name, int f) {
    return call(uniforms.update(name, f));
  }

  /** A fragment of output instance {@code o}. */
  FragmentCall output(String name, int o) {
    return call(uniforms.output(name, o));
  }

  /** A fragment that reads parameters alone. */
  FragmentCall once(String name) {
    return call(uniforms.once(name));
  }

  /** A fragment that works on cells of trees. */
  FragmentCall tree(String name) {
    return call(uniforms.tree(name));
  }

  private FragmentCall call(UniformRows.Rows rows) {
    return new FragmentCall(compiled.kernel(), rows, temporaries);
  }
}
