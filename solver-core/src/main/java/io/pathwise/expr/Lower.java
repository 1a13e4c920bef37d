package io.pathwise.expr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites a graph into scalar primitive operations, the only ones a backend prints. Because the
 * rewriting stands here alone, every backend computes the same bits.
 *
 * <p>Three passes: shaped values to scalars; a varying product that is used once, in a sum, to a
 * fused multiply-add, and a division by a uniform value to a product with its reciprocal; functions
 * to polynomials ({@link Elementary}, {@link Trigonometric}, {@link NormalDistribution}).
 */
public final class Lower {
  private static final double LARGE = 1e300;

  private Lower() {}

  /** The elements of all outputs, flattened, as graphs of primitive operations. */
  public static List<Expr> lower(List<Expr> outputs) {
    List<Expr> scalars = Scalarise.scalars(outputs);
    return expand(fuse(scalars));
  }

  private static List<Expr> fuse(List<Expr> outputs) {
    Map<Expr, Integer> uses = Graph.uses(outputs);
    Map<Expr, Expr> done = new HashMap<>();
    for (Expr node : Graph.topological(outputs)) {
      List<Expr> args = node.args().stream().map(done::get).toList();
      done.put(node, fuse(node, args, uses));
    }
    return outputs.stream().map(done::get).toList();
  }

  private static Expr fuse(Expr node, List<Expr> args, Map<Expr, Integer> uses) {
    switch (node.op()) {
      case ADD -> {
        int first = first(node, args);
        for (int n = 0; n < 2; n++) {
          int i = first ^ n;
          if (isInnerProduct(node.arg(i), args.get(i), uses)) {
            return args.get(i).arg(0).fma(args.get(i).arg(1), args.get(1 - i));
          }
        }
      }
      case SUB -> {
        if (isInnerProduct(node.arg(1), args.get(1), uses)) {
          Expr product = args.get(1);
          return product.arg(0).neg().fma(product.arg(1), args.get(0));
        }
        if (isInnerProduct(node.arg(0), args.get(0), uses)) {
          Expr product = args.get(0);
          return product.arg(0).fma(product.arg(1), args.get(1).neg());
        }
      }
      case DIV -> {
        if (args.get(0).varying() && !args.get(1).varying()) {
          return args.get(0).times(Expr.ONE.over(args.get(1)));
        }
      }
      default -> {}
    }
    return Graph.rebuild(node, args);
  }

  /**
   * The number of the argument of a sum that is fused first, in an order that only content decides:
   * of two products with uniform numbers that of their varying factors, so that the rows of a
   * matrix add in the same order.
   */
  private static int first(Expr sum, List<Expr> args) {
    Expr a = weighted(args.get(0));
    Expr b = weighted(args.get(1));
    if (a == null || b == null || a.equals(b)) {
      return sum.firstByContent();
    }
    return Digest.inOrder(a, b) ? 0 : 1;
  }

  /** The varying factor of a product with a uniform number, null for anything else. */
  private static Expr weighted(Expr node) {
    if (node.op() != Op.MUL || node.arg(0).varying() == node.arg(1).varying()) {
      return null;
    }
    return node.arg(node.arg(0).varying() ? 0 : 1);
  }

  private static boolean isInnerProduct(Expr original, Expr fused, Map<Expr, Integer> uses) {
    return fused.op() == Op.MUL && fused.varying() && uses.getOrDefault(original, 0) == 1;
  }

  private static List<Expr> expand(List<Expr> outputs) {
    Map<Expr, Expr> done = new HashMap<>();
    for (Expr node : Graph.topological(outputs)) {
      List<Expr> args = node.args().stream().map(done::get).toList();
      done.put(node, expand(node, args));
    }
    return outputs.stream().map(done::get).toList();
  }

  private static Expr expand(Expr node, List<Expr> args) {
    return switch (node.op()) {
      case HELD -> args.get(0);
      case POSITIVE -> positive(args.get(0));
      case SELECT -> select(args.get(0), args.get(1), args.get(2));
      case EXP -> Elementary.exp(args.get(0));
      case LOG -> Elementary.log(args.get(0));
      case SIN -> Trigonometric.sin(args.get(0));
      case COS -> Trigonometric.cos(args.get(0));
      case TANH -> Elementary.tanh(args.get(0));
      case SIGMOID -> Elementary.sigmoid(args.get(0));
      case SOFTPLUS -> Elementary.softplus(args.get(0));
      case ERF -> NormalDistribution.erf(args.get(0));
      case NORMAL_CDF -> NormalDistribution.cdf(args.get(0));
      case INVERSE_NORMAL_CDF -> NormalDistribution.inverseCdf(args.get(0));
      case POW -> Elementary.pow(args.get(0), args.get(1));
      default -> Graph.rebuild(node, args);
    };
  }

  /** min(1, max(x, 0) * 1e300 * 1e300): exact for every x, subnormal ones too. */
  private static Expr positive(Expr x) {
    return x.max(0).times(LARGE).times(LARGE).min(1);
  }

  /** Chooses by mask: bit 61 is set in 1.0 and clear in 0.0. */
  private static Expr select(Expr condition, Expr yes, Expr no) {
    Expr mask = Expr.shift(Op.LSAR, Expr.shift(Op.LSHL, Expr.apply(Op.BITS, condition), 2), 63);
    Expr a = Expr.apply(Op.BITS, yes);
    Expr b = Expr.apply(Op.BITS, no);
    Expr chosen = Expr.apply(Op.LXOR, Expr.apply(Op.LAND, Expr.apply(Op.LXOR, a, b), mask), b);
    return Expr.apply(Op.FROM_BITS, chosen);
  }
}
