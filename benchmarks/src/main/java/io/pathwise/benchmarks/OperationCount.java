package io.pathwise.benchmarks;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Op;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import java.util.List;

/**
 * What a path-step costs, counted from the graphs that kernels are generated from: the noise, the
 * step and, with a gradient, the reverse step.
 *
 * @param flops floating-point operations, a fused multiply-add as two
 * @param words operations on 64-bit integers
 * @param bytes what goes to and from the device's memory: kept states and normals, once each way
 */
record OperationCount(double flops, double words, double bytes) {

  static OperationCount of(PathProgram program) {
    ProgramFragments fragments = new ProgramFragments(program);
    OperationCount noise = fragment(fragments, "noise").times(1.0 / program.granule());
    OperationCount step = noise.plus(fragment(fragments, "step"));
    if (program.gradient().isEmpty()) {
      return step;
    }
    double kept = 2 * Double.BYTES * (program.states() + program.channels());
    return step.plus(fragment(fragments, "stepReverse")).plus(new OperationCount(0, 0, kept));
  }

  private static OperationCount fragment(ProgramFragments fragments, String name) {
    List<Expr> nodes =
        Graph.topological(fragments.plan(name).fragment().values()).stream()
            .filter(node -> node.varying() && node.op() != Op.LEAF)
            .toList();
    double flops = 0;
    double words = 0;
    for (Expr node : nodes) {
      if (node.op() == Op.BITS || node.op() == Op.FROM_BITS || node.op() == Op.FLOAT) {
        continue; // another name for the same register, or a part of the 32-bit operation before
      }
      words += node.integral() ? 1 : 0;
      flops += node.integral() ? 0 : node.op() == Op.FMA ? 2 : 1;
    }
    return new OperationCount(flops, words, 0);
  }

  private OperationCount times(double factor) {
    return new OperationCount(flops * factor, words * factor, bytes * factor);
  }

  private OperationCount plus(OperationCount other) {
    return new OperationCount(flops + other.flops, words + other.words, bytes + other.bytes);
  }
}
