package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The accumulators of a fragment to which products of two varying values are added, such as the
 * adjoints of a matrix of weights: an outer product is the sum over a row of the same factor. They
 * are updated in loops of their own, behind everything else, that load a factor once for two of
 * them, or an accumulator once for several products.
 */
final class Accumulations {
  /** Fewer are left to the general loops. */
  private static final int LEAST = 8;

  /** Terms that one loop adds to an accumulator: each loads two factors. */
  private static final int MOST_TERMS = 3;

  /** The chain of additions from an accumulator to its new value, which is the last. */
  private record Update(List<Expr> chain) {
    Expr root() {
      return chain.get(chain.size() - 1);
    }
  }

  private final Map<Expr, Integer> uses;
  private final Set<Expr> touched = new HashSet<>();
  private final Map<Expr, Expr> roots = new HashMap<>();
  private final Map<Expr, List<Update>> updates = new LinkedHashMap<>();

  Accumulations(Fragment fragment) {
    this.uses = Graph.uses(fragment.values());
    touched.addAll(fragment.targets());
    for (Expr node : Graph.topological(fragment.values())) {
      if (node.args().stream().anyMatch(touched::contains)) {
        touched.add(node);
      }
    }
    List<Update> found = new ArrayList<>();
    for (int i = 0; i < fragment.targets().size(); i++) {
      Update update = update(fragment.targets().get(i), fragment.values().get(i));
      if (update != null) {
        found.add(update);
      }
    }
    keep(found);
  }

  /** Null for a value that is no sum of its target and varying terms. */
  private Update update(Expr target, Expr value) {
    List<Expr> chain = new ArrayList<>();
    for (Expr node = value; !node.equals(target); ) {
      Expr sum = sum(node);
      if (sum == null || uses.get(node) != 1) {
        return null;
      }
      chain.add(0, node);
      node = sum;
    }
    return chain.isEmpty() ? null : new Update(chain);
  }

  /** What a node adds varying terms to, null if it does something else. */
  private Expr sum(Expr node) {
    if (!node.args().stream().allMatch(Expr::varying)) {
      return null;
    }
    return switch (node.op()) {
      case FMA -> {
        Expr a = node.arg(0);
        Expr b = node.arg(1);
        boolean product = !a.equals(b) && !touched.contains(a) && !touched.contains(b);
        yield product ? node.arg(2) : null;
      }
      case ADD -> {
        int sum = touched.contains(node.arg(0)) ? 0 : 1;
        yield touched.contains(node.arg(1 - sum)) ? null : node.arg(sum);
      }
      default -> null;
    };
  }

  /** What is added by a node of a chain: the two factors of a product, or a value. */
  private List<Expr> term(Expr node) {
    return node.op() == Op.FMA
        ? node.args().subList(0, 2)
        : node.args().stream().filter(arg -> !touched.contains(arg)).toList();
  }

  /** Keeps the sums of products with a shared factor, and those of such factors alone. */
  private void keep(List<Update> found) {
    Map<Expr, Integer> readers = new HashMap<>();
    for (Update update : found) {
      for (Expr node : update.chain()) {
        if (node.op() == Op.FMA) {
          term(node).forEach(factor -> readers.merge(factor, 1, Integer::sum));
        }
      }
    }
    List<Update> kept = new ArrayList<>();
    for (Update update : found) {
      if (update.chain().stream()
          .allMatch(node -> term(node).stream().anyMatch(f -> readers.getOrDefault(f, 0) > 1))) {
        kept.add(update);
      }
    }
    if (kept.size() >= LEAST) {
      for (Update update : kept) {
        update.chain().forEach(node -> roots.put(node, update.root()));
        Expr first = update.chain().get(0);
        List<Expr> term = term(first);
        boolean alone = readers.getOrDefault(term.get(0), 0) < 2 && term.size() > 1;
        Expr key = first.op() == Op.ADD ? Expr.ZERO : term.get(alone ? 1 : 0);
        updates.computeIfAbsent(key, k -> new ArrayList<>()).add(update);
      }
    }
  }

  /** For each node of a chain the new value of its accumulator, in whose place it stands. */
  Map<Expr, Expr> roots() {
    return roots;
  }

  /** What the updates read. */
  Set<Expr> read() {
    Set<Expr> read = new HashSet<>();
    roots.keySet().forEach(node -> read.addAll(term(node)));
    return read;
  }

  /** The loops of the updates. */
  List<LoopPlan.Loop> tiles() {
    List<LoopPlan.Loop> tiles = new ArrayList<>();
    for (List<Update> group : updates.values()) {
      Update waiting = null;
      for (Update update : group) {
        List<Expr> chain = update.chain();
        if (chain.size() > 1) {
          for (int from = 0; from < chain.size(); from += MOST_TERMS) {
            tiles.add(tile(chain.subList(from, Math.min(chain.size(), from + MOST_TERMS))));
          }
        } else if (waiting == null) {
          waiting = update;
        } else {
          tiles.add(tile(List.of(waiting.root(), update.root())));
          waiting = null;
        }
      }
      if (waiting != null) {
        tiles.add(tile(waiting.chain()));
      }
    }
    return tiles;
  }

  private static LoopPlan.Loop tile(List<Expr> operations) {
    return new LoopPlan.Loop(List.copyOf(operations));
  }
}
