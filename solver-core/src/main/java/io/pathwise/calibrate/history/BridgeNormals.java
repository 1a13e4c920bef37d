package io.pathwise.calibrate.history;

import io.pathwise.expr.Expr;
import io.pathwise.expr.LaneInterpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.noise.NormalMethod;
import io.pathwise.noise.Normals;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Standard normals by observation, path and sub-step from counters: of path p between observation i
 * and the next those of path i paths + p of a run, in the order of sub-steps.
 */
final class BridgeNormals {
  private static final long STREAM = 0x6C696B656C69L;

  private final LaneInterpreter pair;
  private final int paths;
  private final int subSteps;

  /**
   * Normals.
   *
   * @param paths between two observations
   * @param subSteps normals a path
   */
  BridgeNormals(long seed, int paths, int subSteps) {
    Expr path = Expr.leaf(Leaf.PATH, "path");
    Expr block = Expr.leaf(Leaf.PATH, "block");
    Normals.Pair both =
        NormalMethod.BOX_MULLER.block(Expr.word(seed), Expr.word(STREAM), path, block);
    this.pair = new LaneInterpreter(List.of(both.cosine(), both.sine()), List.of(path, block));
    this.paths = paths;
    this.subSteps = subSteps;
  }

  /**
   * Those of consecutive observations.
   *
   * @param first the number of the first
   * @param count how many
   * @return for each sub-step the paths of the first observation, then of the next ones
   */
  double[][] of(int first, int count) {
    int n = count * paths;
    double[] path = new double[n];
    for (int k = 0; k < n; k++) {
      path[k] = (double) first * paths + k;
    }
    double[][] normals = new double[subSteps + 1][n];
    for (int m = 0; m < subSteps; m += 2) {
      double[] block = new double[n];
      int number = m / 2;
      Arrays.fill(block, number);
      pair.evaluate(
          Map.of(), new double[][] {path, block}, n, new double[][] {normals[m], normals[m + 1]});
    }
    return normals;
  }
}
