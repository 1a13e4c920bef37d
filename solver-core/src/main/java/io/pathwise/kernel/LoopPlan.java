package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a fragment into loops small enough for the JIT compiler to unroll and vectorise: products of
 * matrices ({@link DenseRows}) and sums of outer products ({@link Accumulations}) into tiles, what
 * stands between them by the following rules.
 *
 * <p>C2 unrolls a loop of at most {@code LoopUnrollLimit} = 60 nodes, so a loop has a budget of
 * operations and array accesses. Nodes keep one topological order; dynamic programming over the cut
 * positions finds the cuts with the least memory traffic. A cast between a double and its bits
 * reads from memory what an earlier loop has stored there. Cheap functions of one value, such as
 * its powers, are computed again by every loop that reads them: an operation costs less than an
 * array access.
 */
final class LoopPlan {
  /** Weight of an array access against an operation of 1, as C2 counts nodes. */
  static final int ACCESS = 3;

  private static final int BUDGET = Integer.getInteger("pathwise.kernel.loop-budget", 34);
  private static final int LOOP_OVERHEAD = 8;

  /** Array accesses of a loop: from nine distinct arrays on C2 keeps even three products scalar. */
  private static final int MOST_ARRAYS = 6;

  /** One loop: the operations it computes, in order. */
  record Loop(List<Expr> operations) {}

  /** The longest chain of cheap functions of one value. */
  private static final int DEEPEST = 3;

  private final List<Expr> order;
  private final Map<Expr, Integer> position = new HashMap<>();
  private final Map<Expr, List<Integer>> targetsOf = new LinkedHashMap<>();
  private final Map<Expr, Integer> depths = new HashMap<>();
  private final int[] lastUse;
  private final DenseRows rows;
  private final Accumulations accumulations;
  private final Map<Expr, Expr> roots = new HashMap<>();

  private LoopPlan(Fragment fragment) {
    this.accumulations = new Accumulations(fragment);
    this.rows = new DenseRows(fragment);
    roots.putAll(rows.roots());
    roots.putAll(accumulations.roots());
    Set<Expr> tileInputs = new HashSet<>();
    rows.read().forEach(input -> tileInputs.add(base(input)));
    accumulations.read().forEach(input -> tileInputs.add(base(input)));
    for (int i = 0; i < fragment.values().size(); i++) {
      targetsOf.computeIfAbsent(base(fragment.values().get(i)), k -> new ArrayList<>()).add(i);
    }
    List<Expr> nodes =
        Graph.topological(fragment.values()).stream()
            .filter(node -> node.varying() && node.op() != Op.LEAF && !isCast(node))
            .filter(node -> !roots.containsKey(node))
            .sorted(Comparator.comparingInt(rows::level))
            .toList();
    findCheap(nodes, tileInputs);
    this.order = nodes.stream().filter(node -> !depths.containsKey(node)).toList();
    for (int i = 0; i < order.size(); i++) {
      position.put(order.get(i), i);
    }
    this.lastUse = new int[order.size()];
    Arrays.fill(lastUse, -1);
    for (int i = 0; i < order.size(); i++) {
      markUses(order.get(i), i);
    }
    for (Expr input : tileInputs) {
      Integer at = position.get(input);
      if (at != null) {
        lastUse[at] = Integer.MAX_VALUE;
      }
    }
  }

  /** Finds the cheap functions of one value; what a cast, a tile or a target reads is stored. */
  private void findCheap(List<Expr> nodes, Set<Expr> tileInputs) {
    Set<Expr> viewed = new HashSet<>(tileInputs);
    for (Expr node : nodes) {
      node.args().stream().filter(LoopPlan::isCast).map(LoopPlan::base).forEach(viewed::add);
    }
    for (Expr node : nodes) {
      List<Expr> varying = node.args().stream().filter(Expr::varying).distinct().toList();
      int depth = 1 + depths.getOrDefault(varying.get(0), 0);
      if (varying.size() == 1
          && weight(node) == 1
          && depth <= DEEPEST
          && !targetsOf.containsKey(node)
          && !viewed.contains(node)) {
        depths.put(node, depth);
      }
    }
  }

  private void markUses(Expr reader, int at) {
    for (Expr arg : reader.args()) {
      if (depths.containsKey(arg)) {
        markUses(arg, at);
      }
      Integer p = position.get(base(arg));
      if (p != null) {
        lastUse[p] = Math.max(lastUse[p], at);
      }
    }
  }

  /**
   * The loops of a fragment.
   *
   * @param loops in the order they must run
   * @param roots for what tiles leave half done the value in whose place it stands
   */
  record Cut(List<Loop> loops, Map<Expr, Expr> roots) {}

  /** The loops of the fragment, in the order they must run. */
  static Cut cut(Fragment fragment) {
    LoopPlan plan = new LoopPlan(fragment);
    List<Loop> loops = new ArrayList<>();
    int from = 0;
    for (int level = 0; level <= plan.rows.levels(); level++) {
      loops.addAll(plan.rows.tiles(level));
      int to = from;
      while (to < plan.order.size() && plan.rows.level(plan.order.get(to)) <= level) {
        to++;
      }
      loops.addAll(plan.cut(from, to));
      from = to;
    }
    loops.addAll(plan.accumulations.tiles());
    return new Cut(loops, plan.roots);
  }

  /** Whether the node only views the bits of its argument. */
  static boolean isCast(Expr node) {
    return node.varying() && (node.op() == Op.BITS || node.op() == Op.FROM_BITS);
  }

  /** The node whose stored value a reference reads: itself, or what a cast views. */
  static Expr base(Expr node) {
    return isCast(node) ? node.arg(0) : node;
  }

  /** The cheap functions that a node reads, then the node, if the list has them not yet. */
  private void addWithCheap(Expr node, Set<Expr> operations) {
    for (Expr arg : node.args()) {
      if (depths.containsKey(arg)) {
        addWithCheap(arg, operations);
      }
    }
    operations.add(node);
  }

  /** The operations of a loop from {@code start} to {@code end}, cheap functions included. */
  private Set<Expr> operations(int start, int end) {
    Set<Expr> operations = new LinkedHashSet<>();
    for (int i = start; i < end; i++) {
      addWithCheap(order.get(i), operations);
    }
    return operations;
  }

  /** The values that a loop must load and store, -1 if it casts what it computes. */
  private int traffic(int start, int end, Set<Expr> operations) {
    Set<Expr> loads = new HashSet<>();
    for (Expr operation : operations) {
      for (Expr arg : operation.args()) {
        if (arg.varying() && !operations.contains(arg)) {
          if (isCast(arg) && operations.contains(base(arg))) {
            return -1;
          }
          loads.add(arg);
        }
      }
    }
    int stores = 0;
    for (int i = start; i < end; i++) {
      List<Integer> targets = targetsOf.getOrDefault(order.get(i), List.of());
      stores += targets.isEmpty() ? (lastUse[i] >= end ? 1 : 0) : targets.size();
    }
    return loads.size() + stores;
  }

  /** Cuts the nodes from one position to another. */
  private List<Loop> cut(int first, int last) {
    int[] best = new int[last - first + 1];
    int[] from = new int[last - first + 1];
    Arrays.fill(best, Integer.MAX_VALUE);
    best[0] = 0;
    for (int start = first; start < last; start++) {
      for (int end = start + 1; end <= last; end++) {
        Set<Expr> operations = operations(start, end);
        int work = operations.stream().mapToInt(LoopPlan::weight).sum();
        int traffic = traffic(start, end, operations);
        if (traffic < 0 || work > BUDGET) {
          break;
        }
        boolean fits =
            (work + ACCESS * traffic <= BUDGET && traffic <= MOST_ARRAYS) || end == start + 1;
        int cost = best[start - first] + work + ACCESS * traffic + LOOP_OVERHEAD;
        if (fits && cost < best[end - first]) {
          best[end - first] = cost;
          from[end - first] = start;
        }
      }
    }
    List<Loop> loops = new ArrayList<>();
    for (int end = last; end > first; end = from[end - first]) {
      loops.add(0, new Loop(List.copyOf(operations(from[end - first], end))));
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
