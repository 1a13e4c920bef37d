package io.pathwise.expr;

import java.util.List;

/**
 * Smart constructors of the elementwise operations: fold constants and apply the identities that
 * hold for finite values.
 */
final class Simplify {
  private static final int LARGEST_MULTIPLIED_POWER = 64;

  private Simplify() {}

  static Expr elementwise(Op op, long literal, List<Expr> args) {
    check(op, literal, args);
    Shape shape = broadcast(op, args);
    if (op == Op.POW && args.get(0).isConst() && args.get(1).isConst()) {
      Expr product = power(args.get(0), args.get(1));
      if (product != null) {
        return product;
      }
    }
    if (args.stream().allMatch(a -> a.isConst() || a.op() == Op.LCONST)) {
      return Interpreter.fold(op, literal, args);
    }
    Expr simpler = identity(op, args);
    if (simpler == null) {
      return Expr.node(op, shape, literal, args);
    }
    return Structure.fill(simpler, shape);
  }

  private static void check(Op op, long literal, List<Expr> args) {
    boolean words = op.integral() && op != Op.LCONST;
    if (!op.elementwise() && !words) {
      throw new IllegalArgumentException(op.symbol() + " is not an elementwise operation");
    }
    if (op.arity() != args.size()) {
      throw new IllegalArgumentException(
          op.symbol() + " takes " + op.arity() + " arguments, not " + args.size());
    }
    boolean ofWords = op == Op.FROM_BITS || (words && op != Op.BITS);
    for (Expr arg : args) {
      if (arg.integral() != ofWords) {
        throw new IllegalArgumentException(
            op.symbol()
                + (ofWords
                    ? " takes 64-bit integers, not the double "
                    : " takes doubles, not the 64-bit integer ")
                + arg);
      }
    }
    if (literal < 0 || literal > 63) {
      throw new IllegalArgumentException(op.symbol() + " by " + literal + " bits, not 0 to 63");
    }
  }

  private static Shape broadcast(Op op, List<Expr> args) {
    Shape shape = Shape.SCALAR;
    for (Expr arg : args) {
      if (!arg.shape().isScalar()) {
        if (!shape.isScalar() && !shape.equals(arg.shape())) {
          throw new IllegalArgumentException(
              op.symbol() + " of a " + shape + " and a " + arg.shape());
        }
        shape = arg.shape();
      }
    }
    return shape;
  }

  private static Expr identity(Op op, List<Expr> args) {
    return switch (op) {
      case ADD -> sum(args.get(0), args.get(1));
      case SUB -> difference(args.get(0), args.get(1));
      case MUL -> product(args.get(0), args.get(1));
      case DIV -> quotient(args.get(0), args.get(1));
      case NEG -> negation(args.get(0));
      case FMA -> fused(args.get(0), args.get(1), args.get(2));
      case POW -> power(args.get(0), args.get(1));
      case MIN, MAX -> args.get(0).equals(args.get(1)) ? args.get(0) : null;
      case SELECT -> selection(args.get(0), args.get(1), args.get(2));
      case FLOAT -> args.get(0).op() == Op.FLOAT ? args.get(0) : null;
      case BITS -> args.get(0).op() == Op.FROM_BITS ? args.get(0).arg(0) : null;
      case FROM_BITS -> args.get(0).op() == Op.BITS ? args.get(0).arg(0) : null;
      default -> null;
    };
  }

  private static Expr sum(Expr a, Expr b) {
    if (a.isConst(0)) {
      return b;
    }
    if (b.isConst(0)) {
      return a;
    }
    if (b.op() == Op.NEG) {
      return a.minus(b.arg(0));
    }
    if (a.op() == Op.NEG) {
      return b.minus(a.arg(0));
    }
    return a.equals(b) ? a.times(2.0) : null;
  }

  private static Expr difference(Expr a, Expr b) {
    if (b.isConst(0)) {
      return a;
    }
    if (a.isConst(0)) {
      return b.neg();
    }
    if (b.op() == Op.NEG) {
      return a.plus(b.arg(0));
    }
    return a.equals(b) ? Expr.ZERO : null;
  }

  private static Expr product(Expr a, Expr b) {
    if (a.isConst(0) || b.isConst(0)) {
      return Expr.ZERO;
    }
    if (a.isConst(1)) {
      return b;
    }
    if (b.isConst(1)) {
      return a;
    }
    if (a.isConst(-1)) {
      return b.neg();
    }
    if (b.isConst(-1)) {
      return a.neg();
    }
    if (a.op() == Op.NEG && b.op() == Op.NEG) {
      return a.arg(0).times(b.arg(0));
    }
    if (a.op() == Op.NEG) {
      return a.arg(0).times(b).neg();
    }
    if (b.op() == Op.NEG) {
      return a.times(b.arg(0)).neg();
    }
    return gatherUniform(a, b);
  }

  /**
   * u * (w * x) = (u w) * x for uniform u and w and varying x: u w is computed once for all paths.
   * The same for constants, unless the product leaves the range of a double.
   */
  private static Expr gatherUniform(Expr a, Expr b) {
    if (b.op() == Op.MUL && !a.varying()) {
      for (int i = 0; i < 2; i++) {
        Expr near = b.arg(i);
        Expr far = b.arg(1 - i);
        if (a.isConst() && near.isConst()) {
          double constant = a.value() * near.value();
          return Math.abs(constant) > 1e-300 && Math.abs(constant) < 1e300
              ? Expr.of(constant).times(far)
              : null;
        }
        if (!near.varying() && far.varying() && !near.isConst() && !a.isConst()) {
          return a.times(near).times(far);
        }
      }
    }
    boolean mirrored = a.op() == Op.MUL && !b.varying() && (a.varying() || b.isConst());
    return mirrored && !(b.op() == Op.MUL && !a.varying()) ? gatherUniform(b, a) : null;
  }

  private static Expr quotient(Expr a, Expr b) {
    if (a.isConst(0)) {
      return Expr.ZERO;
    }
    if (b.isConst(1)) {
      return a;
    }
    if (b.isConst() && isPowerOfTwo(b.value())) {
      return a.times(1 / b.value());
    }
    if (a.op() == Op.NEG) {
      return a.arg(0).over(b).neg();
    }
    return b.op() == Op.NEG ? a.over(b.arg(0)).neg() : null;
  }

  private static boolean isPowerOfTwo(double value) {
    return Math.getExponent(value) > -1000
        && Math.getExponent(value) < 1000
        && Math.abs(value) == Math.scalb(1.0, Math.getExponent(value));
  }

  private static Expr negation(Expr a) {
    if (a.op() == Op.NEG) {
      return a.arg(0);
    }
    return a.op() == Op.SUB ? a.arg(1).minus(a.arg(0)) : null;
  }

  private static Expr fused(Expr a, Expr b, Expr c) {
    if (a.isConst(0) || b.isConst(0)) {
      return c;
    }
    if (a.isConst(1)) {
      return b.plus(c);
    }
    if (b.isConst(1)) {
      return a.plus(c);
    }
    return c.isConst(0) ? a.times(b) : null;
  }

  private static Expr power(Expr base, Expr exponent) {
    if (!exponent.isConst()) {
      return null;
    }
    double n = exponent.value();
    if (n == 0.5) {
      return base.sqrt();
    }
    if (n != Math.rint(n) || Math.abs(n) > LARGEST_MULTIPLIED_POWER) {
      return null;
    }
    Expr result = Expr.ONE;
    Expr square = base;
    for (int bits = (int) Math.abs(n); bits != 0; bits >>= 1) {
      if ((bits & 1) == 1) {
        result = result.times(square);
      }
      square = bits > 1 ? square.square() : square;
    }
    return n < 0 ? Expr.ONE.over(result) : result;
  }

  private static Expr selection(Expr condition, Expr yes, Expr no) {
    if (condition.isConst()) {
      // The bit that the mask of a lowered select copies.
      return (Double.doubleToRawLongBits(condition.value()) << 2) < 0 ? yes : no;
    }
    return yes.equals(no) ? yes : null;
  }
}
