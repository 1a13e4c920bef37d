package io.pathwise.expr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Arithmetic of 32-bit numbers, written in 64-bit ones: every operation is followed by a rounding
 * to the nearest 32-bit number. For +, -, *, / and the square root that is the operation of 32-bit
 * hardware bit for bit, since 53 digits are more than twice 24 plus one (Figueroa 1995, "When is
 * double rounding innocuous?"); compilers know and use the 32-bit instruction. So a device computes
 * in single precision, the CPU can follow it, and there is one answer.
 *
 * <p>No product is fused with a sum, unless the product is exact: a rounded fused multiply-add is
 * not the one of the hardware. Polynomials are weighted minimax fits with 32-bit coefficients;
 * errors are asserted by tests.
 */
public final class SinglePrecision {
  private static final double LOG2_E = 1.4426950408889634;

  /** log 2 in two parts; the first has 9 bits, so a product with an exponent is exact. */
  private static final double LN2_HIGH = 0.693359375;

  private static final double LN2_LOW = (float) (0.6931471805599453 - LN2_HIGH);
  private static final double LEAST_EXPONENT = -104;
  private static final double LARGEST_EXPONENT = 89;
  private static final long BIAS = 1023;
  private static final int EXPONENT_AT = 52;

  private static final double[] EXP = {
    0.5, 0x1.55549p-3, 0x1.5554c8p-5, 0x1.123ad2p-7, 0x1.6d71f6p-10,
  };
  private static final double[] LOG = {
    0x1.555548p-2,
    -0x1.000006p-2,
    0x1.99a476p-3,
    -0x1.555c44p-3,
    0x1.233ba2p-3,
    -0x1.fc28cap-4,
    0x1.e6c00ap-4,
    -0x1.de01dcp-4,
    0x1.14733ep-4,
  };
  private static final double[] SIN_HALF_TURN = {
    0x1.921fb6p1, -0x1.4abbfp2, 0x1.466f3ep1, -0x1.32e974p-1, 0x1.4701ep-4,
  };
  private static final double[] COS_HALF_TURN = {
    1, -0x1.de9e6p-1, 0x1.472a76p-2, -0x1.d4786ep-5, 0x1.8bd852p-8,
  };

  private SinglePrecision() {}

  /** The nearest 32-bit number, ties to even. */
  public static Expr round(Expr x) {
    return Expr.apply(Op.FLOAT, x);
  }

  /**
   * Outputs in single precision. What is the same for all paths is computed in double precision and
   * rounded where it meets a path; what is read of a path is rounded first. Exponential and
   * logarithm have their own 32-bit forms; the other functions are the double ones, rounded.
   *
   * @param outputs graphs of any shape
   * @return their elements, flattened
   */
  public static List<Expr> of(List<Expr> outputs) {
    List<Expr> scalars = Scalarise.scalars(outputs);
    Map<Expr, Expr> done = new HashMap<>();
    for (Expr node : Graph.topological(scalars)) {
      if (!node.varying()) {
        done.put(node, uniform(node));
      } else {
        List<Expr> args = node.args().stream().map(done::get).toList();
        done.put(node, rounded(node, args));
      }
    }
    return scalars.stream().map(done::get).toList();
  }

  /** A constant keeps its sign and stays finite: some are there to keep a divisor from being 0. */
  private static Expr uniform(Expr node) {
    if (node.integral()) {
      return node;
    }
    if (node.isConst() && node.value() != 0 && Double.isFinite(node.value())) {
      double size = Math.abs(node.value());
      double within = Math.max(Float.MIN_NORMAL, Math.min(size, Float.MAX_VALUE));
      return Expr.of((float) Math.copySign(within, node.value()));
    }
    return round(node);
  }

  private static Expr rounded(Expr node, List<Expr> args) {
    return switch (node.op()) {
      case NEG, ABS, MIN, MAX, RINT, HELD, POSITIVE, SELECT -> Graph.rebuild(node, args);
      case FMA -> plus(times(args.get(0), args.get(1)), args.get(2));
      case DIV ->
          node.arg(1).varying()
              ? round(args.get(0).over(args.get(1)))
              : times(args.get(0), round(Expr.ONE.over(args.get(1))));
      case EXP -> exp(args.get(0));
      case LOG -> log(args.get(0));
      default -> round(Graph.rebuild(node, args));
    };
  }

  private static Expr plus(Expr a, Expr b) {
    return round(a.plus(b));
  }

  private static Expr times(Expr a, Expr b) {
    return round(a.times(b));
  }

  private static Expr horner(Expr x, double... coefficients) {
    Expr sum = Expr.of(coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      sum = plus(times(sum, x), Expr.of(coefficients[i]));
    }
    return sum;
  }

  /** e^x of a 32-bit number: infinite above 88.73, 0 below -103.98. Error below 1 ulp. */
  static Expr exp(Expr argument) {
    Expr x = argument.max(LEAST_EXPONENT).min(LARGEST_EXPONENT);
    Expr k = Expr.apply(Op.RINT, times(x, Expr.of((float) LOG2_E)));
    Expr high = round(k.fma(Expr.of(-LN2_HIGH), x));
    Expr r = plus(high, times(k, Expr.of(-LN2_LOW)));
    Expr power = plus(plus(times(horner(r, EXP), times(r, r)), r), Expr.ONE);
    Expr shifted = Expr.apply(Op.BITS, k.plus(Elementary.INTEGER_SHIFT + BIAS));
    return round(power.times(Expr.apply(Op.FROM_BITS, Expr.shift(Op.LSHL, shifted, EXPONENT_AT))));
  }

  /** log x of a 32-bit number, with the ends of {@link Elementary#log}. Error below 1 ulp. */
  private static Expr log(Expr x) {
    return Elementary.withEnds(x, logNormal(x));
  }

  /**
   * log x, rounded, for a 64-bit x in [2^-1022, infinity) only: relatively exact near 1 as well.
   */
  public static Expr logNormal(Expr x) {
    Elementary.Decomposed parts = Elementary.Decomposed.of(x);
    Expr f = round(parts.m().minus(1));
    Expr z = times(f, f);
    Expr tail = times(times(horner(f, LOG), f), z);
    Expr low = plus(tail, round(parts.e().times(LN2_LOW)));
    Expr rest = plus(low, times(z, Expr.of(-0.5)));
    return round(parts.e().fma(Expr.of(LN2_HIGH), plus(f, rest)));
  }

  /** sin(pi v) for a 64-bit v of at most 1/2 in size, rounded first. Error below 3 ulp. */
  public static Expr sinHalfTurn(Expr v) {
    Expr x = round(v);
    return times(x, horner(times(x, x), SIN_HALF_TURN));
  }

  /** cos(pi v) for a 64-bit v of at most 1/2 in size, also near its zeros. Error below 3 ulp. */
  public static Expr cosHalfTurn(Expr v) {
    Expr x = round(v);
    Expr factor = round(v.times(-4).fma(v, Expr.ONE));
    return times(factor, horner(times(x, x), COS_HALF_TURN));
  }
}
