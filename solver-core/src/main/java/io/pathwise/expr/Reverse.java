package io.pathwise.expr;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reverse-mode differentiation as a graph transform: from outputs and their adjoints to a graph of
 * the adjoints of any inputs (Griewank and Walther, Evaluating Derivatives, 2008, section 3.2).
 *
 * <p>The adjoint of a uniform leaf is a value per path: its sum over paths is the derivative of the
 * sum of the outputs over paths.
 */
public final class Reverse {
  private final Map<Expr, Expr> adjoints = new HashMap<>();
  private final Set<Expr> underSelect = new HashSet<>();

  private Reverse() {}

  /**
   * The gradient of a scalar output.
   *
   * @param output a scalar
   * @param inputs the nodes to differentiate in, usually leaves
   * @return an expression of the shape of each input
   */
  public static List<Expr> gradient(Expr output, List<Expr> inputs) {
    return gradient(List.of(output), List.of(Expr.ONE), inputs);
  }

  /**
   * The vector-Jacobian product.
   *
   * @param outputs the outputs
   * @param seeds the adjoint of each output, of its shape or a scalar
   * @param inputs the nodes to differentiate in, usually leaves
   * @return for each input, the sum over outputs of seed times derivative, in the input's shape
   */
  public static List<Expr> gradient(List<Expr> outputs, List<Expr> seeds, List<Expr> inputs) {
    return new Reverse().sweep(outputs, seeds, inputs);
  }

  private List<Expr> sweep(List<Expr> outputs, List<Expr> seeds, List<Expr> inputs) {
    List<Expr> order = Graph.topological(outputs);
    Set<Expr> active = active(order, inputs);
    markUnderSelect(order);
    for (int i = 0; i < outputs.size(); i++) {
      accumulate(outputs.get(i), seeds.get(i));
    }
    for (int n = order.size() - 1; n >= 0; n--) {
      Expr node = order.get(n);
      Expr adjoint = adjoints.get(node);
      if (adjoint == null || !active.contains(node) || inputs.contains(node)) {
        continue;
      }
      for (int i = 0; i < node.args().size(); i++) {
        if (active.contains(node.arg(i))) {
          accumulate(node.arg(i), pull(node, i, adjoint));
        }
      }
    }
    return inputs.stream().map(this::adjointOf).toList();
  }

  private Expr adjointOf(Expr input) {
    Expr adjoint = adjoints.getOrDefault(input, Expr.ZERO);
    return adjoint.shape().equals(input.shape())
        ? adjoint
        : Simplify.repeat(adjoint, input.shape());
  }

  /** The nodes that depend on an input. */
  private static Set<Expr> active(List<Expr> order, List<Expr> inputs) {
    Set<Expr> active = new HashSet<>(inputs);
    for (Expr node : order) {
      if (node.args().stream().anyMatch(active::contains)) {
        active.add(node);
      }
    }
    return active;
  }

  private void markUnderSelect(List<Expr> order) {
    for (int n = order.size() - 1; n >= 0; n--) {
      Expr node = order.get(n);
      if (node.op() == Op.SELECT || underSelect.contains(node)) {
        underSelect.addAll(node.args());
      }
    }
  }

  private void accumulate(Expr node, Expr contribution) {
    Expr value = contribution;
    if (node.shape().isScalar() && !value.shape().isScalar()) {
      value = value.sum();
    }
    adjoints.merge(node, value, Expr::plus);
  }

  /** The contribution of the node's adjoint to the adjoint of its argument i. */
  private Expr pull(Expr node, int i, Expr adjoint) {
    return switch (node.op()) {
      case SELECT -> {
        Expr condition = node.arg(0);
        yield switch (i) {
          case 0 -> Expr.ZERO;
          case 1 -> condition.select(adjoint, Expr.ZERO);
          default -> condition.select(Expr.ZERO, adjoint);
        };
      }
      case SLICE -> {
        Expr x = node.arg(0);
        int offset = (int) node.literal();
        int after = x.shape().size() - offset - node.shape().size();
        List<Expr> parts = new java.util.ArrayList<>();
        if (offset > 0) {
          parts.add(Simplify.repeat(Expr.ZERO, Shape.vector(offset)));
        }
        parts.add(fill(adjoint, node.shape()));
        if (after > 0) {
          parts.add(Simplify.repeat(Expr.ZERO, Shape.vector(after)));
        }
        yield Structure.concat(parts, x.shape());
      }
      case CONCAT -> {
        int offset = 0;
        for (int k = 0; k < i; k++) {
          offset += node.arg(k).shape().size();
        }
        yield fill(adjoint, node.shape()).slice(offset, node.arg(i).shape());
      }
      case RESHAPE -> fill(adjoint, node.shape()).reshape(node.arg(0).shape());
      case SUM -> fill(adjoint, node.arg(0).shape());
      case DOT -> adjoint.times(node.arg(1 - i));
      case MATVEC -> {
        Expr vector = fill(adjoint, node.shape());
        yield i == 0 ? vector.outer(node.arg(1)) : node.arg(0).transpose().matVec(vector);
      }
      case TRANSPOSE -> fill(adjoint, node.shape()).transpose();
      case OUTER -> {
        Expr matrix = fill(adjoint, node.shape());
        yield i == 0 ? matrix.matVec(node.arg(1)) : matrix.transpose().matVec(node.arg(0));
      }
      case SUM_OVER_PATHS -> adjoint.varying() ? adjoint.sumOverPaths() : adjoint;
      default -> elementwise(node, i, adjoint);
    };
  }

  private Expr elementwise(Expr node, int i, Expr adjoint) {
    Expr pulled = adjoint.times(Partials.of(node, i));
    if (underSelect.contains(node) && Partials.hasPole(node.op())) {
      return adjoint.abs().above(Expr.ZERO).select(pulled, Expr.ZERO);
    }
    return pulled;
  }

  private static Expr fill(Expr value, Shape shape) {
    return value.shape().equals(shape) ? value : Simplify.repeat(value, shape);
  }
}
