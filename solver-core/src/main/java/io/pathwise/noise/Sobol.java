package io.pathwise.noise;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import java.util.List;

/**
 * Scrambled Sobol points, symbolically and in primitive integer operations: any coordinate of any
 * point at once, from the number of the point alone.
 */
public final class Sobol {
  private Sobol() {}

  /**
   * A coordinate of a point of the sequence in its binary order (Sobol 1967): the exclusive or of
   * the direction numbers at the ones of the point's number.
   *
   * @param index the number of the point, a 64-bit integer
   * @param directions the direction numbers v_1, v_2, .. as 64-bit integers; as many as the number
   *     has digits
   * @return a binary fraction, its first digit the highest bit
   */
  public static Expr coordinate(Expr index, List<Expr> directions) {
    Expr sum = Expr.word(0);
    for (int b = 0; b < directions.size(); b++) {
      Expr digit = Expr.apply(Op.LAND, Expr.shift(Op.LSHR, index, b), Expr.word(1));
      Expr mask = Expr.apply(Op.LSUB, Expr.word(0), digit);
      sum = Expr.apply(Op.LXOR, sum, Expr.apply(Op.LAND, mask, directions.get(b)));
    }
    return sum;
  }
}
