package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.TreeFragments;
import io.pathwise.kernel.TreeJumps;
import io.pathwise.kernel.TreeStep;
import java.util.ArrayList;
import java.util.List;

/** The fragments that draw and make jumps, and the arrays they write. */
final class TreeJumpCalls {
  final double[] gap = Lanes.block();
  final double[] taken = Lanes.block();
  final double[][] after;

  private final TreeJumps jumps;
  private final FragmentCall draw;
  private final FragmentCall.Port drawPort;
  private final FragmentCall jump;
  private final FragmentCall.Port jumpPort;
  private final double[][] intensity;
  private final double[][] excess;

  TreeJumpCalls(TreeStep tree, TreeJumps jumps, Calls calls) {
    this.jumps = jumps;
    this.after = Lanes.blocks(tree.states());
    this.intensity = Lanes.blocks(jumps.names().size());
    this.excess = Lanes.blocks(jumps.names().size());
    double[] choice = Lanes.block();
    double[] mark = Lanes.block();
    this.draw = calls.tree("draw");
    this.drawPort = draw.port(List.of(ProgramFragments.PATH, TreeJumps.candidate()));
    bind(draw, List.of(TreeJumps.GAP, TreeJumps.CHOICE, TreeJumps.MARK), gap, choice, mark);
    this.jump = calls.step("jump");
    bind(jump, List.of(TreeJumps.CHOICE, TreeJumps.MARK, TreeJumps.TAKEN), choice, mark, taken);
    List<Expr> changing = new ArrayList<>(List.of(TreeStep.TIME));
    for (int i = 0; i < tree.states(); i++) {
      changing.add(PathProgram.state(i));
    }
    this.jumpPort = jump.port(changing);
    FragmentCall.Port next = jump.port(TreeFragments.next(tree));
    for (int i = 0; i < after.length; i++) {
      next.bind(i, after[i]);
    }
    for (int j = 0; j < intensity.length; j++) {
      bind(jump, List.of(TreeJumps.intensity(j), TreeJumps.excess(j)), intensity[j], excess[j]);
    }
  }

  private static void bind(FragmentCall call, List<Expr> leaves, double[]... arrays) {
    FragmentCall.Port port = call.port(leaves);
    for (int i = 0; i < arrays.length; i++) {
      port.bind(i, arrays[i]);
    }
  }

  /** Draws the candidates whose numbers stand in the cells' intervals. */
  void draw(TreeCells cells, int n) {
    drawPort.bind(0, cells.path());
    drawPort.bind(1, cells.interval());
    draw.run(0, n);
  }

  /**
   * Makes the jumps of the candidates drawn before, where they are taken.
   *
   * @throws JumpBoundException if an intensity passes its bound
   */
  void jump(TreeCells cells, int k, int n) {
    jumpPort.bind(0, cells.time());
    for (int i = 0; i < cells.states().length; i++) {
      jumpPort.bind(1 + i, cells.states()[i]);
    }
    jump.run(k, n);
    for (int j = 0; j < excess.length; j++) {
      for (int i = 0; i < n; i++) {
        if (excess[j][i] > 0) {
          throw new JumpBoundException(
              jumps.names().get(j),
              Lanes.getLong(cells.path(), i),
              cells.time()[i],
              intensity[j][i],
              intensity[j][i] - excess[j][i]);
        }
      }
    }
  }
}
