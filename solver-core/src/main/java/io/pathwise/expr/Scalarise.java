package io.pathwise.expr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites shaped values into scalars, element by element. An element of a shaped leaf {@code y}
 * becomes the scalar leaf {@code y[i]}.
 */
public final class Scalarise {
  private final Map<Expr, List<Expr>> elements = new HashMap<>();

  private Scalarise() {}

  /** The elements of all outputs, flattened, in order. */
  public static List<Expr> scalars(List<Expr> outputs) {
    Scalarise scalarise = new Scalarise();
    for (Expr node : Graph.topological(outputs)) {
      scalarise.elements.put(node, scalarise.expand(node));
    }
    return outputs.stream().flatMap(o -> scalarise.elements.get(o).stream()).toList();
  }

  /** The scalar leaf that stands for element {@code i} of a leaf. */
  public static Expr element(Expr leaf, int i) {
    return leaf.shape().isScalar() ? leaf : Expr.leaf(leaf.leaf(), leaf.name() + "[" + i + "]");
  }

  private List<Expr> expand(Expr node) {
    int size = node.shape().size();
    if (node.op() == Op.LEAF) {
      List<Expr> leaves = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        leaves.add(element(node, i));
      }
      return leaves;
    }
    if (node.args().isEmpty()) {
      return List.of(node);
    }
    return switch (node.op()) {
      case SLICE -> arg(node, 0).subList((int) node.literal(), (int) node.literal() + size);
      case CONCAT -> node.args().stream().flatMap(a -> elements.get(a).stream()).toList();
      case RESHAPE -> arg(node, 0);
      case SUM -> List.of(total(arg(node, 0)));
      case DOT -> List.of(total(products(arg(node, 0), arg(node, 1))));
      case MATVEC -> {
        int columns = node.arg(0).shape().columns();
        List<Expr> rows = new ArrayList<>();
        for (int r = 0; r < size; r++) {
          rows.add(
              total(products(arg(node, 0).subList(r * columns, (r + 1) * columns), arg(node, 1))));
        }
        yield rows;
      }
      case TRANSPOSE -> {
        List<Expr> transposed = new ArrayList<>();
        for (int r = 0; r < node.shape().rows(); r++) {
          for (int c = 0; c < node.shape().columns(); c++) {
            transposed.add(arg(node, 0).get(c * node.shape().rows() + r));
          }
        }
        yield transposed;
      }
      case OUTER -> {
        List<Expr> matrix = new ArrayList<>();
        for (Expr a : arg(node, 0)) {
          for (Expr b : arg(node, 1)) {
            matrix.add(a.times(b));
          }
        }
        yield matrix;
      }
      case SUM_OVER_PATHS -> arg(node, 0).stream().map(Structure::sumOverPaths).toList();
      default -> elementwise(node, size);
    };
  }

  private List<Expr> elementwise(Expr node, int size) {
    List<Expr> result = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      List<Expr> args = new ArrayList<>();
      for (Expr arg : node.args()) {
        List<Expr> parts = elements.get(arg);
        args.add(parts.size() == 1 ? parts.get(0) : parts.get(i));
      }
      result.add(Simplify.elementwise(node.op(), node.literal(), args));
    }
    return result;
  }

  private List<Expr> arg(Expr node, int i) {
    return elements.get(node.arg(i));
  }

  private static List<Expr> products(List<Expr> a, List<Expr> b) {
    List<Expr> products = new ArrayList<>(a.size());
    for (int i = 0; i < a.size(); i++) {
      products.add(a.get(i).times(b.get(i)));
    }
    return products;
  }

  private static Expr total(List<Expr> terms) {
    Expr sum = terms.get(0);
    for (Expr term : terms.subList(1, terms.size())) {
      sum = sum.plus(term);
    }
    return sum;
  }
}
