package io.pathwise.adjoint;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Spreads the jumps of a payoff out: the indicator of u above 0 becomes the normal distribution
 * function of u / h, and max(u, 0) the integral of that, where h is the width times the level that
 * u is compared with. For a normal law of the width h, that is the mean payoff of a price with an
 * error of its own, so the bias is of the order of h squared.
 *
 * @param width as a part of the level
 * @param kinks whether kinks are smoothed beside jumps
 */
public record Smoothness(double width, boolean kinks) {

  /** Whether values have jumps. */
  public static boolean jumps(List<Expr> values) {
    return Graph.topological(values).stream()
        .anyMatch(node -> node.op() == Op.POSITIVE || node.op() == Op.RINT);
  }

  /** A value without jumps, or without kinks. */
  public Expr of(Expr value) {
    Map<Expr, Expr> smoothed = new HashMap<>();
    for (Expr node : Graph.topological(List.of(value))) {
      Expr replaced = replaced(node, smoothed);
      if (replaced != null) {
        smoothed.put(node, replaced);
      }
    }
    return Graph.substitute(value, smoothed);
  }

  private Expr replaced(Expr node, Map<Expr, Expr> done) {
    if (!node.varying() || Kinks.guard(node)) {
      return null;
    }
    List<Expr> args = node.args().stream().map(arg -> Graph.substitute(arg, done)).toList();
    return switch (node.op()) {
      case POSITIVE -> step(args.get(0));
      case SELECT ->
          args.get(0).times(args.get(1)).plus(Expr.ONE.minus(args.get(0)).times(args.get(2)));
      case MAX -> kinks ? args.get(1).plus(ramp(args.get(0).minus(args.get(1)))) : null;
      case MIN -> kinks ? args.get(0).minus(ramp(args.get(0).minus(args.get(1)))) : null;
      case ABS -> kinks ? ramp(args.get(0)).times(2).minus(args.get(0)) : null;
      default -> null;
    };
  }

  private Expr step(Expr u) {
    return Expr.apply(Op.NORMAL_CDF, u.over(scale(u)));
  }

  private Expr ramp(Expr u) {
    Expr h = scale(u);
    Expr d = u.over(h);
    Expr density = d.square().times(-0.5).exp().times(1 / StrictMath.sqrt(2 * StrictMath.PI));
    return u.times(step(u)).plus(h.times(density));
  }

  /** The width in units of u: a part of the size of what u is compared with, 1 where that is 0. */
  private Expr scale(Expr u) {
    Expr level = level(u).abs();
    Expr none = Expr.ONE.minus(level.above(Expr.ZERO));
    return level.plus(none).times(width);
  }

  /** The part of u that is the same for all paths. */
  private static Expr level(Expr u) {
    if (!u.varying()) {
      return u;
    }
    return switch (u.op()) {
      case NEG -> level(u.arg(0));
      case ADD -> level(u.arg(0)).plus(level(u.arg(1)));
      case SUB -> level(u.arg(0)).minus(level(u.arg(1)));
      case MUL -> {
        int factor = u.arg(0).varying() ? 1 : 0;
        yield u.arg(factor).varying() ? Expr.ZERO : u.arg(factor).times(level(u.arg(1 - factor)));
      }
      case FMA -> level(u.arg(2));
      case DIV -> u.arg(1).varying() ? Expr.ZERO : level(u.arg(0)).over(u.arg(1));
      default -> Expr.ZERO;
    };
  }
}
