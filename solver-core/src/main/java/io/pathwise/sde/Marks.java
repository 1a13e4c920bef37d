package io.pathwise.sde;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Op;
import java.util.List;

/**
 * The law of a jump's mark J. A mark is an increasing function of one standard normal, or a number:
 * smooth in its parameters, so that pathwise derivatives in them are right.
 */
public sealed interface Marks {

  /** The mark of the jump at hand: what {@link JumpTerm#amplitude} reads. */
  Expr MARK = Expr.leaf(Leaf.LANE, "mark");

  /** How many standard normals a mark takes: 0 or 1. */
  int normals();

  /**
   * The mark that a standard normal stands for: the quantile of its probability.
   *
   * @param z a standard normal; not read where {@link #normals} is 0
   */
  Expr mark(Expr z);

  /** The parameters of the law, scalars. */
  List<Expr> parameters();

  /**
   * J ~ N(mean, deviation^2), the log-jumps of Merton (1976).
   *
   * @param mean a scalar of parameters
   * @param deviation a scalar of parameters, at least 0
   */
  record Normal(Expr mean, Expr deviation) implements Marks {
    @Override
    public int normals() {
      return 1;
    }

    @Override
    public Expr mark(Expr z) {
      return deviation.fma(z, mean);
    }

    @Override
    public List<Expr> parameters() {
      return List.of(mean, deviation);
    }
  }

  /**
   * The asymmetric double exponential law of Kou (2002): with probability up J is exponential of
   * rate {@code rateUp}, else -J is exponential of rate {@code rateDown}.
   *
   * @param up a scalar of parameters, from 0 to 1
   * @param rateUp a scalar of parameters, above 0; above 1 where E[exp(J)] is to be finite
   * @param rateDown a scalar of parameters, above 0
   */
  record DoubleExponential(Expr up, Expr rateUp, Expr rateDown) implements Marks {
    @Override
    public int normals() {
      return 1;
    }

    /** Continuous where the sides meet, at 0; each side reads the tail that keeps its digits. */
    @Override
    public Expr mark(Expr z) {
      Expr tail = Expr.apply(Op.NORMAL_CDF, z.abs().neg());
      Expr rest = Expr.ONE.minus(tail);
      Expr positive = z.above(Expr.ZERO);
      Expr above = positive.select(tail, rest);
      Expr below = positive.select(rest, tail);
      Expr down = Expr.ONE.minus(up);
      Expr rises = up.above(above);
      Expr ratio = rises.select(above.over(up), below.over(down));
      return ratio.log().times(rises.select(Expr.of(-1).over(rateUp), Expr.ONE.over(rateDown)));
    }

    @Override
    public List<Expr> parameters() {
      return List.of(up, rateUp, rateDown);
    }
  }

  /**
   * Always the same number.
   *
   * @param value a scalar of parameters
   */
  record Deterministic(Expr value) implements Marks {
    @Override
    public int normals() {
      return 0;
    }

    @Override
    public Expr mark(Expr z) {
      return value;
    }

    @Override
    public List<Expr> parameters() {
      return List.of(value);
    }
  }
}
