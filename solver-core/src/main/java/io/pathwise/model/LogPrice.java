package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.JumpTerm;
import io.pathwise.sde.Marks;
import io.pathwise.sde.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What models with jumps in x = log S share: a jump by J multiplies the price by exp(J). */
final class LogPrice {
  private static final String TERM = "log-price";

  static final Parameter INTENSITY = Parameter.required("lambda", 0, 1e4, "jumps a year");
  static final Parameter MEAN = Parameter.required("mu-j", -10, 10, "mean of a jump in log S");
  static final Parameter DEVIATION =
      Parameter.required("sigma-j", 0, 10, "standard deviation of a jump in log S");

  private LogPrice() {}

  /** The jumps of x, the first of n states, at the intensity {@code lambda}. */
  static JumpTerm jumps(Marks marks, int n) {
    List<Expr> amplitude = new ArrayList<>(Collections.nCopies(n, Expr.ZERO));
    amplitude.set(0, Marks.MARK);
    Expr vector = Expr.concat(amplitude).reshape(Shape.vector(n));
    return new JumpTerm(TERM, Expr.param("lambda"), marks, vector);
  }

  /** Normal jumps of mean {@code mu-j} and deviation {@code sigma-j} (Merton 1976). */
  static Marks normal() {
    return new Marks.Normal(Expr.param("mu-j"), Expr.param("sigma-j"));
  }

  /** lambda E[exp(J) - 1] of {@link #normal}: what the drift of x gives up to the jumps. */
  static Expr normalCompensator() {
    Expr mean = Expr.param("mu-j").plus(Expr.param("sigma-j").square().times(0.5)).exp();
    return Expr.param("lambda").times(mean.minus(1));
  }
}
