package io.pathwise.expr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Walks over the nodes that a list of outputs reaches. Every walk is iterative: depth is free. */
public final class Graph {
  private Graph() {}

  /** All nodes the outputs reach, each once, arguments before their users. */
  public static List<Expr> topological(List<Expr> outputs) {
    List<Expr> order = new ArrayList<>();
    Set<Expr> done = new HashSet<>();
    Deque<Expr> stack = new ArrayDeque<>();
    for (Expr output : outputs) {
      stack.push(output);
      while (!stack.isEmpty()) {
        Expr node = stack.peek();
        if (done.contains(node)) {
          stack.pop();
          continue;
        }
        boolean ready = true;
        for (int i = node.args().size() - 1; i >= 0; i--) {
          if (!done.contains(node.arg(i))) {
            stack.push(node.arg(i));
            ready = false;
          }
        }
        if (ready) {
          stack.pop();
          done.add(node);
          order.add(node);
        }
      }
    }
    return order;
  }

  /** The leaves the outputs reach, in order of first use. */
  public static List<Expr> leaves(List<Expr> outputs) {
    return topological(outputs).stream().filter(e -> e.op() == Op.LEAF).toList();
  }

  /** Whether any output depends on the leaf. */
  public static boolean dependsOn(List<Expr> outputs, Expr leaf) {
    return topological(outputs).contains(leaf);
  }

  /** How often each node is used as an argument or an output. */
  public static Map<Expr, Integer> uses(List<Expr> outputs) {
    Map<Expr, Integer> uses = new HashMap<>();
    for (Expr node : topological(outputs)) {
      node.args().forEach(arg -> uses.merge(arg, 1, Integer::sum));
    }
    outputs.forEach(output -> uses.merge(output, 1, Integer::sum));
    return uses;
  }

  /** The outputs with nodes replaced: a key of the map becomes its value wherever it stands. */
  public static List<Expr> substitute(List<Expr> outputs, Map<Expr, Expr> replacements) {
    return rewrite(outputs, replacements::get);
  }

  /** One output with nodes replaced. */
  public static Expr substitute(Expr output, Map<Expr, Expr> replacements) {
    return substitute(List.of(output), replacements).get(0);
  }

  /**
   * The outputs with nodes replaced wherever the function gives something else than null; other
   * nodes are built again on their rewritten arguments. The function sees the original node.
   */
  static List<Expr> rewrite(List<Expr> outputs, Function<Expr, Expr> replacement) {
    Map<Expr, Expr> done = new LinkedHashMap<>();
    for (Expr node : topological(outputs)) {
      Expr replaced = replacement.apply(node);
      done.put(
          node,
          replaced != null
              ? replaced
              : rebuild(node, node.args().stream().map(done::get).toList()));
    }
    return outputs.stream().map(done::get).toList();
  }

  /** The node's operation applied to other arguments. */
  static Expr rebuild(Expr node, List<Expr> args) {
    if (node.args().equals(args)) {
      return node;
    }
    return apply(node.op(), node.shape(), node.literal(), args);
  }

  /**
   * The operation applied to arguments, through its smart constructor.
   *
   * @param shape the shape of a slice, a concatenation or a reshaped value; others have their own
   * @param literal the bits of a shift, the offset of a slice
   */
  static Expr apply(Op op, Shape shape, long literal, List<Expr> args) {
    return switch (op) {
      case SLICE -> Structure.slice(args.get(0), Math.toIntExact(literal), shape);
      case CONCAT -> Structure.concat(args, shape);
      case RESHAPE -> Structure.reshape(args.get(0), shape);
      case SUM -> Structure.sum(args.get(0));
      case DOT -> Structure.dot(args.get(0), args.get(1));
      case MATVEC -> Structure.matVec(args.get(0), args.get(1));
      case TRANSPOSE -> Structure.transpose(args.get(0));
      case OUTER -> Structure.outer(args.get(0), args.get(1));
      case SUM_OVER_PATHS -> Structure.sumOverPaths(args.get(0));
      default -> Simplify.elementwise(op, literal, args);
    };
  }

  /** A digest of the outputs in their order, 32 hexadecimal digits. */
  public static String digest(List<Expr> outputs) {
    Digest digest = new Digest();
    outputs.forEach(digest::add);
    return digest.toString();
  }
}
