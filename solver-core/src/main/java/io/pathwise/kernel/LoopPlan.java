package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a fragment into loops small enough for the JIT compiler to unroll and vectorise.
 *
 * <p>C2 unrolls a loop of at most {@code LoopUnrollLimit} = 60 nodes, so a loop has a budget of
 * operations and array accesses. Nodes keep one topological order; dynamic programming over the cut
 * positions finds the cuts with the least memory traffic. A cast between a double and its bits
 * reads from memory what an earlier loop has stored there.
 */
final class LoopPlan {
  /** Weight of an array access against an operation of 1, as C2 counts nodes. */
  static final int ACCESS = 3;

  private static final int BUDGET = Integer.getInteger("pathwise.kernel.loop-budget", 32);
  private static final int LOOP_OVERHEAD = 8;

  /** One loop: the operations it computes, in order. */
  record Loop(List<Expr> operations) {}

  private final List<Expr> order;
  private final Map<Expr, Integer> position = new HashMap<>();
  private final Map<Expr, List<Integer>> targetsOf = new LinkedHashMap<>();
  private final int[] lastUse;

  private LoopPlan(Fragment fragment) {
    this.order =
        Graph.topological(fragment.values()).stream()
            .filter(node -> node.varying() && node.op() != Op.LEAF && !isCast(node))
            .toList();
    for (int i = 0; i < order.size(); i++) {
      position.put(order.get(i), i);
    }
    this.lastUse = new int[order.size()];
    Arrays.fill(lastUse, -1);
    for (int i = 0; i < order.size(); i++) {
      for (Expr arg : order.get(i).args()) {
        Integer p = position.get(base(arg));
        if (p != null) {
          lastUse[p] = Math.max(lastUse[p], i);
        }
      }
    }
    for (int i = 0; i < fragment.values().size(); i++) {
      targetsOf.computeIfAbsent(base(fragment.values().get(i)), k -> new ArrayList<>()).add(i);
    }
  }

  /** The loops of the fragment, in the order they must run. */
  static List<Loop> loops(Fragment fragment) {
    return new LoopPlan(fragment).cut();
  }

  /** Whether the node only views the bits of its argument. */
  static boolean isCast(Expr node) {
    return node.varying() && (node.op() == Op.BITS || node.op() == Op.FROM_BITS);
  }

  /** The node whose stored value a reference reads: itself, or what a cast views. */
  static Expr base(Expr node) {
    return isCast(node) ? node.arg(0) : node;
  }

  /** The values that a loop from {@code start} to {@code end} must load and store. */
  private int traffic(int start, int end) {
    Set<Expr> loads = new LinkedHashSet<>();
    int stores = 0;
    for (int i = start; i < end; i++) {
      for (Expr arg : order.get(i).args()) {
        if (!arg.varying()) {
          continue;
        }
        Integer p = position.get(base(arg));
        if (p != null && p >= start) {
          if (isCast(arg)) {
            return -1;
          }
        } else {
          loads.add(arg);
        }
      }
      List<Integer> targets = targetsOf.getOrDefault(order.get(i), List.of());
      stores += targets.isEmpty() ? (lastUse[i] >= end ? 1 : 0) : targets.size();
    }
    return loads.size() + stores;
  }

  private List<Loop> cut() {
    int n = order.size();
    int[] best = new int[n + 1];
    int[] from = new int[n + 1];
    Arrays.fill(best, Integer.MAX_VALUE);
    best[0] = 0;
    for (int start = 0; start < n; start++) {
      if (best[start] == Integer.MAX_VALUE) {
        continue;
      }
      int operations = 0;
      for (int end = start + 1; end <= n; end++) {
        operations += weight(order.get(end - 1));
        int traffic = traffic(start, end);
        if (traffic < 0 || operations > BUDGET) {
          break;
        }
        boolean fits = operations + ACCESS * traffic <= BUDGET || end == start + 1;
        int cost = best[start] + ACCESS * traffic + LOOP_OVERHEAD;
        if (fits && cost < best[end]) {
          best[end] = cost;
          from[end] = start;
        }
      }
    }
    List<Loop> loops = new ArrayList<>();
    for (int end = n; end > 0; end = from[end]) {
      loops.add(0, new Loop(order.subList(from[end], end)));
    }
    return loops;
  }

  private static int weight(Expr node) {
    return switch (node.op()) {
      case DIV, SQRT -> 2;
      case LROTL, MIN, MAX -> 2;
      default -> 1;
    };
  }
}
