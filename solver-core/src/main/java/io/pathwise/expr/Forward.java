package io.pathwise.expr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Forward-mode differentiation as a graph transform: from tangents of the inputs to tangents of the
 * outputs, the Jacobian-vector product (Griewank and Walther 2008, section 3.1).
 */
public final class Forward {
  private final Map<Expr, Expr> tangents;

  private Forward(Map<Expr, Expr> direction) {
    this.tangents = new HashMap<>();
    direction.forEach(
        (input, tangent) -> {
          if (!tangent.shape().isScalar() && !tangent.shape().equals(input.shape())) {
            throw new IllegalArgumentException(
                "tangent of a " + tangent.shape() + " for an input of a " + input.shape());
          }
          tangents.put(input, tangent);
        });
  }

  /**
   * The derivative of the outputs along a direction.
   *
   * @param outputs the outputs
   * @param direction the tangent of each input, of its shape or a scalar; other leaves have tangent
   *     0
   * @return the tangent of each output, in its shape
   * @throws IllegalArgumentException if a tangent has another shape than its input
   */
  public static List<Expr> tangent(List<Expr> outputs, Map<Expr, Expr> direction) {
    Forward forward = new Forward(direction);
    for (Expr node : Graph.topological(outputs)) {
      forward.push(node);
    }
    List<Expr> result = new ArrayList<>();
    for (Expr output : outputs) {
      result.add(Structure.fill(forward.tangents.getOrDefault(output, Expr.ZERO), output.shape()));
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
          case DOT -> bilinear(node, Expr::dot);
          case MATVEC -> bilinear(node, Expr::matVec);
          case OUTER -> bilinear(node, Expr::outer);
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
    return Structure.fill(of(node, i), node.arg(i).shape());
  }

  /** product(tangent of a, b) + product(a, tangent of b), leaving out tangents that are 0. */
  private Expr bilinear(Expr node, BinaryOperator<Expr> product) {
    Expr sum = null;
    for (int i = 0; i < 2; i++) {
      if (tangents.containsKey(node.arg(i))) {
        Expr term =
            i == 0
                ? product.apply(filled(node, 0), node.arg(1))
                : product.apply(node.arg(0), filled(node, 1));
        sum = sum == null ? term : sum.plus(term);
      }
    }
    return sum;
  }
}
