package io.pathwise.expr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Forward-mode differentiation as a graph transform: from tangents of the inputs to tangents of the
 * outputs, the Jacobian-vector product (Griewank and Walther 2008, section 3.1).
 */
public final class Forward {
  private final Map<Expr, Expr> tangents;

  private Forward(Map<Expr, Expr> tangents) {
    this.tangents = new HashMap<>(tangents);
  }

  /**
   * The derivative of the outputs along a direction.
   *
   * @param outputs the outputs
   * @param direction the tangent of each input, of its shape or a scalar; other leaves have tangent 0
   * @return the tangent of each output, in its shape
   */
  public static List<Expr> tangent(List<Expr> outputs, Map<Expr, Expr> direction) {
    Forward forward = new Forward(direction);
    for (Expr node : Graph.topological(outputs)) {
      forward.push(node);
    }
    List<Expr> result = new ArrayList<>();
    for (Expr output : outputs) {
      result.add(fill(forward.tangents.getOrDefault(output, Expr.ZERO), output.shape()));
    }
    return result;
  }

  /** The derivative of one output along a direction. */
  public static Expr tangent(Expr output, Map<Expr, Expr> direction) {
    return tangent(List.of(output), direction).get(0);
  }

  private void push(Expr node) {
    if (tangents.containsKey(node) || node.args().stream().noneMatch(tangents::containsKey)) {
      return;
    }
    Expr tangent =
        switch (node.op()) {
          case SELECT -> node.arg(0).select(of(node, 1), of(node, 2));
          case SLICE -> filled(node, 0).slice((int) node.literal(), node.shape());
          case CONCAT -> {
            List<Expr> parts = new ArrayList<>();
            for (int i = 0; i < node.args().size(); i++) {
              parts.add(filled(node, i));
            }
            yield Structure.concat(parts, node.shape());
          }
          case RESHAPE -> filled(node, 0).reshape(node.shape());
          case SUM -> filled(node, 0).sum();
          case TRANSPOSE -> filled(node, 0).transpose();
          case SUM_OVER_PATHS -> filled(node, 0).sumOverPaths();
          case DOT -> filled(node, 0).dot(node.arg(1)).plus(node.arg(0).dot(filled(node, 1)));
          case MATVEC ->
              filled(node, 0).matVec(node.arg(1)).plus(node.arg(0).matVec(filled(node, 1)));
          case OUTER -> filled(node, 0).outer(node.arg(1)).plus(node.arg(0).outer(filled(node, 1)));
          default -> elementwise(node);
        };
    if (!tangent.isConst(0)) {
      tangents.put(node, tangent);
    }
  }

  private Expr elementwise(Expr node) {
    Expr sum = Expr.ZERO;
    for (int i = 0; i < node.args().size(); i++) {
      if (tangents.containsKey(node.arg(i))) {
        sum = sum.plus(of(node, i).times(Partials.of(node, i)));
      }
    }
    return sum;
  }

  private Expr of(Expr node, int i) {
    return tangents.getOrDefault(node.arg(i), Expr.ZERO);
  }

  private Expr filled(Expr node, int i) {
    return fill(of(node, i), node.arg(i).shape());
  }

  private static Expr fill(Expr value, Shape shape) {
    return value.shape().equals(shape) ? value : Simplify.repeat(value, shape);
  }
}
