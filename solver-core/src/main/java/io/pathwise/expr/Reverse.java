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
 * <p>The adjoint of a uniform node is a value per path: its sum over paths is the derivative of the
 * sum of the outputs over paths. A uniform output is summed over paths like any other; to count an
 * output such as a mean over paths once, seed it with 1 / number of paths.
 *
 * <p>An input stands for itself: what it was computed from gets nothing through it.
 *
 * <p>Where a branch of a {@code select} is not taken, its values may be infinite or NaN: they do
 * not reach the adjoints.
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
   * @throws IllegalArgumentException if the output is not a scalar
   */
  public static List<Expr> gradient(Expr output, List<Expr> inputs) {
    if (!output.shape().isScalar()) {
      throw new IllegalArgumentException("gradient of a " + output.shape() + ", not of a scalar");
    }
    return gradient(List.of(output), List.of(Expr.ONE), inputs);
  }

  /**
   * The vector-Jacobian product.
   *
   * @param outputs the outputs
   * @param seeds the adjoint of each output, of its shape or a scalar
   * @param inputs the nodes to differentiate in, usually leaves
   * @return for each input, the sum over outputs of seed times derivative, in the input's shape
   * @throws IllegalArgumentException if there is not one seed of the right shape for each output
   */
  public static List<Expr> gradient(List<Expr> outputs, List<Expr> seeds, List<Expr> inputs) {
    if (outputs.size() != seeds.size()) {
      throw new IllegalArgumentException(
          outputs.size() + " outputs and " + seeds.size() + " seeds: one seed an output");
    }
    return new Reverse().sweep(outputs, seeds, inputs);
  }

  private List<Expr> sweep(List<Expr> outputs, List<Expr> seeds, List<Expr> inputs) {
    List<Expr> order = Graph.topological(outputs);
    Set<Expr> ends = new HashSet<>(inputs);
    Set<Expr> active = active(order, ends);
    markUnderSelect(order);
    for (int i = 0; i < outputs.size(); i++) {
      Expr output = outputs.get(i);
      adjoints.merge(output, Structure.fill(seeds.get(i), output.shape()), Expr::plus);
    }
    for (int n = order.size() - 1; n >= 0; n--) {
      Expr node = order.get(n);
      Expr adjoint = adjoints.get(node);
      if (adjoint == null || !active.contains(node) || ends.contains(node)) {
        continue;
      }
      for (int i = 0; i < node.args().size(); i++) {
        if (active.contains(node.arg(i))) {
          accumulate(node.arg(i), pull(node, i, adjoint));
        }
      }
    }
    return inputs.stream()
        .map(input -> adjoints.getOrDefault(input, Structure.fill(Expr.ZERO, input.shape())))
        .toList();
  }

  /** The nodes that depend on an input. */
  private static Set<Expr> active(List<Expr> order, Set<Expr> inputs) {
    Set<Expr> active = new HashSet<>(inputs);
    for (Expr node : order) {
      if (node.args().stream().anyMatch(active::contains)) {
        active.add(node);
      }
    }
    return active;
  }

  /** Marks what a branch of a select needs. */
  private void markUnderSelect(List<Expr> order) {
    for (int n = order.size() - 1; n >= 0; n--) {
      Expr node = order.get(n);
      if (underSelect.contains(node)) {
        underSelect.addAll(node.args());
      } else if (node.op() == Op.SELECT) {
        underSelect.addAll(node.args().subList(1, 3));
      }
    }
  }

  private void accumulate(Expr node, Expr contribution) {
    if (contribution.isConst(0)) {
      return;
    }
    Expr value =
        node.shape().isScalar() ? contribution.sum() : Structure.fill(contribution, node.shape());
    adjoints.merge(node, value, Expr::plus);
  }

  /** The contribution of the node's adjoint, of the node's shape, to that of its argument i. */
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
      case SLICE -> Structure.embed(adjoint, (int) node.literal(), node.arg(0).shape());
      case CONCAT -> {
        int offset = 0;
        for (int k = 0; k < i; k++) {
          offset += node.arg(k).shape().size();
        }
        yield adjoint.slice(offset, node.arg(i).shape());
      }
      case RESHAPE -> adjoint.reshape(node.arg(0).shape());
      case SUM -> Structure.fill(adjoint, node.arg(0).shape());
      case DOT -> product(node, adjoint, node.arg(1 - i));
      case MATVEC ->
          i == 0 ? outer(node, adjoint, node.arg(1)) : transposedMatVec(node, node.arg(0), adjoint);
      case TRANSPOSE -> adjoint.transpose();
      case OUTER ->
          i == 0
              ? matVec(node, adjoint, node.arg(1))
              : matVec(node, adjoint.transpose(), node.arg(0));
      case SUM_OVER_PATHS -> adjoint.sumOverPaths();
      default -> product(node, adjoint, Partials.of(node, i));
    };
  }

  /** adjoint * factor, elementwise; 0 where the adjoint is 0 if the node may not be used. */
  private Expr product(Expr node, Expr adjoint, Expr factor) {
    Expr product = adjoint.times(factor);
    return harmless(node, factor) ? product : live(adjoint).select(product, Expr.ZERO);
  }

  /** The products adjoint_r * factor_c. */
  private Expr outer(Expr node, Expr adjoint, Expr factor) {
    Expr product = adjoint.outer(factor);
    if (harmless(node, factor)) {
      return product;
    }
    return live(adjoint).outer(Structure.fill(Expr.ONE, factor.shape())).select(product, Expr.ZERO);
  }

  /** matrix^T adjoint: sums of matrix_rc * adjoint_r over r. */
  private Expr transposedMatVec(Expr node, Expr matrix, Expr adjoint) {
    if (harmless(node, matrix)) {
      return matrix.transpose().matVec(adjoint);
    }
    Expr ones = Structure.fill(Expr.ONE, Shape.vector(matrix.shape().columns()));
    Expr masked = live(adjoint).outer(ones).select(matrix, Expr.ZERO);
    return masked.transpose().matVec(adjoint);
  }

  /** adjoint * vector: sums of adjoint_rc * vector_c over c. */
  private Expr matVec(Expr node, Expr adjoint, Expr vector) {
    if (harmless(node, vector)) {
      return adjoint.matVec(vector);
    }
    Expr ones = Structure.fill(Expr.ONE, Shape.vector(adjoint.shape().rows()));
    Expr products = live(adjoint).select(adjoint.times(ones.outer(vector)), Expr.ZERO);
    return products.matVec(Structure.fill(Expr.ONE, vector.shape()));
  }

  private boolean harmless(Expr node, Expr factor) {
    return factor.isConst() || !underSelect.contains(node);
  }

  /** 1 where the adjoint is not 0. */
  private static Expr live(Expr adjoint) {
    return adjoint.abs().above(Expr.ZERO);
  }
}
