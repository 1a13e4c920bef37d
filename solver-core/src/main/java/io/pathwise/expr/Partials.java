package io.pathwise.expr;

/**
 * The partial derivative of every elementwise operation in each of its arguments, shared by {@link
 * Reverse} and {@link Forward}.
 *
 * <p>At points where an operation has no derivative, the value chosen is finite: the derivative of
 * {@code sqrt} at 0 is 0, of {@code max(0, x)} at 0 is 0, of {@code abs} at 0 is 0. The arguments
 * of the divisions in the derivatives of {@code sqrt}, {@code log} and {@code pow} are kept above
 * {@link #TINY}, so that no pole meets an adjoint of 0.
 */
final class Partials {
  static final double TINY = 1e-300;
  private static final double INVERSE_SQRT_PI_2 = 1.1283791670955126;
  private static final double INVERSE_SQRT_2_PI = 0.3989422804014327;

  private Partials() {}

  /**
   * d node / d args[i], elementwise. SELECT is linear in its branches and handled by the caller.
   */
  static Expr of(Expr node, int i) {
    Expr x = node.arg(0);
    return switch (node.op()) {
      case ADD, FLOAT -> Expr.ONE;
      case SUB -> i == 0 ? Expr.ONE : Expr.of(-1);
      case MUL -> node.arg(1 - i);
      case DIV -> i == 0 ? Expr.ONE.over(node.arg(1)) : node.over(node.arg(1)).neg();
      case NEG -> Expr.of(-1);
      case FMA -> i == 2 ? Expr.ONE : node.arg(1 - i);
      case SQRT -> node.times(0.5).over(x.max(TINY));
      case ABS -> x.above(Expr.ZERO).minus(x.neg().above(Expr.ZERO));
      case MAX, MIN -> chosen(node, i);
      case RINT, POSITIVE, HELD -> Expr.ZERO;
      case EXP -> node;
      case LOG -> Expr.ONE.over(x.max(TINY));
      case SIN -> Expr.apply(Op.COS, x);
      case COS -> Expr.apply(Op.SIN, x).neg();
      case TANH -> Expr.ONE.minus(node.square());
      case SIGMOID -> node.times(Expr.ONE.minus(node));
      case SOFTPLUS -> Expr.apply(Op.SIGMOID, x);
      case ERF -> x.square().neg().exp().times(INVERSE_SQRT_PI_2);
      case NORMAL_CDF -> x.square().times(-0.5).exp().times(INVERSE_SQRT_2_PI);
      case INVERSE_NORMAL_CDF -> node.square().times(0.5).exp().times(1 / INVERSE_SQRT_2_PI);
      case POW ->
          i == 0 ? node.arg(1).times(node).over(x.max(TINY)) : node.times(x.max(TINY).log());
      default -> throw new IllegalStateException(node.op() + " has no elementwise derivative");
    };
  }

  /**
   * 1 where argument i is the maximum or minimum, else 0. At a tie a constant wins, so that the
   * derivative of max(0, x) at 0 is 0 however it is written; of two others the same one always.
   */
  private static Expr chosen(Expr node, int i) {
    int loser = node.firstByContent();
    for (int k = 0; k < 2; k++) {
      if (node.arg(k).isConst()) {
        loser = 1 - k;
      }
    }
    Expr a = node.arg(loser);
    Expr b = node.arg(1 - loser);
    Expr strict = node.op() == Op.MAX ? a.above(b) : b.above(a);
    return i == loser ? strict : Expr.ONE.minus(strict);
  }
}
