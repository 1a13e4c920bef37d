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
 * The products of a uniform matrix and a varying vector among the lowered values of a fragment:
 * rows of fused multiply-adds over the same factors, found by their form, so that a dense layer,
 * its transpose in a reverse sweep and its tangent are all among them. They are computed in tiles
 * that load a factor once for several rows.
 *
 * <p>The order of the additions of a row is that of the graph: a tile changes no bit.
 */
final class DenseRows {
  /** Rows and factors of a tile: 4 sums, read and written, and 2 factors are 10 array accesses. */
  private static final int TILE_ROWS = 4;

  private static final int TILE_FACTORS = 2;

  /**
   * Factors of the tile that starts a row, alone: C2 keeps a loop scalar in which several rows
   * multiply the same factor and add to nothing.
   */
  private static final int STARTING_FACTORS = 4;

  /** Smaller products are left to the general loops. */
  private static final int LEAST_PRODUCTS = 12;

  /**
   * A row.
   *
   * @param chain for each factor what adds its product, the sum of all last; the first of a row
   *     that starts with a product is that
   * @param factors the varying factors, in the order they are added
   * @param product whether the row starts with a product, not with a value
   */
  private record Row(List<Expr> chain, List<Expr> factors, boolean product) {
    Expr root() {
      return chain.get(chain.size() - 1);
    }

    Expr start() {
      Expr first = chain.get(0);
      return product ? null : first.arg(2);
    }
  }

  private record Key(List<Expr> factors, boolean product, int level) {}

  private final Set<Expr> targets;
  private final Map<Expr, Integer> uses;
  private final List<Expr> order;
  private final Map<Expr, Row> rows = new LinkedHashMap<>();
  private final Map<Expr, Integer> levels = new HashMap<>();
  private final Map<Expr, Expr> roots = new HashMap<>();
  private final List<List<List<Row>>> groups = new ArrayList<>();

  DenseRows(Fragment fragment) {
    this.targets = Set.copyOf(fragment.targets());
    this.uses = Graph.uses(fragment.values());
    this.order = Graph.topological(fragment.values());
    find();
    keep(false);
    level();
    keep(true);
    level();
    for (Row row : rows.values()) {
      row.chain().forEach(node -> roots.put(node, row.root()));
    }
    group();
  }

  /** All rows of at least two factors, in the order of their sums. */
  private void find() {
    Set<Expr> taken = new HashSet<>();
    List<Row> chains = new ArrayList<>();
    for (int n = order.size() - 1; n >= 0; n--) {
      Expr node = order.get(n);
      if (node.op() == Op.FMA && !taken.contains(node)) {
        Row chain = chain(node);
        taken.addAll(chain.chain());
        if (chain.chain().size() > 1) {
          chains.add(0, chain);
        }
      }
    }
    Map<Expr, List<Integer>> readers = new HashMap<>();
    for (int r = 0; r < chains.size(); r++) {
      for (Expr factor : chains.get(r).factors()) {
        readers.computeIfAbsent(factor, k -> new ArrayList<>()).add(r);
      }
    }
    chains.forEach(chain -> split(chain, readers));
  }

  /** Cuts a chain where its factors begin to be read by other chains: each part is a row. */
  private void split(Row chain, Map<Expr, List<Integer>> readers) {
    List<Expr> factors = chain.factors();
    for (int from = 0, to = 0; from < factors.size(); from = to) {
      List<Integer> readBy = readers.get(factors.get(from));
      while (to < factors.size() && readers.get(factors.get(to)).equals(readBy)) {
        to++;
      }
      Row row =
          new Row(
              chain.chain().subList(from, to),
              factors.subList(from, to),
              from == 0 && chain.product());
      if (to - from > 1 && readBy.size() > 1 && (row.product() || row.start().varying())) {
        rows.put(row.root(), row);
      }
    }
  }

  /** The longest chain of products that ends with a node, which may be empty. */
  private Row chain(Expr root) {
    List<Expr> chain = new ArrayList<>();
    List<Expr> factors = new ArrayList<>();
    boolean product = false;
    for (Expr node = root; node.equals(root) || uses.get(node) == 1; node = node.arg(2)) {
      Expr factor = factor(node);
      if (factor == null) {
        break;
      }
      chain.add(0, node);
      factors.add(0, factor);
      product = node.op() == Op.MUL;
      if (product) {
        break;
      }
    }
    return new Row(chain, factors, product);
  }

  /**
   * The varying factor of a product with a uniform number, null for anything else: also for an
   * accumulator, in whose place a half-done row may stand.
   */
  private Expr factor(Expr node) {
    boolean product = node.op() == Op.FMA || node.op() == Op.MUL;
    if (!product || node.arg(0).varying() == node.arg(1).varying()) {
      return null;
    }
    Expr factor = node.arg(node.arg(0).varying() ? 0 : 1);
    return targets.contains(factor) ? null : factor;
  }

  /** Drops the rows of small products. */
  private void keep(boolean apart) {
    Map<Key, Integer> sizes = new HashMap<>();
    for (Row row : rows.values()) {
      sizes.merge(key(row, apart), 1, Integer::sum);
    }
    rows.values()
        .removeIf(
            row -> {
              int size = sizes.get(key(row, apart));
              return size < 2 || size * row.factors().size() < LEAST_PRODUCTS;
            });
  }

  private Key key(Row row, boolean apart) {
    return new Key(row.factors(), row.product(), apart ? levels.get(row.root()) : 0);
  }

  /** For each node, the most products that follow each other on the way to it. */
  private void level() {
    levels.clear();
    for (Expr node : order) {
      int level = rows.containsKey(node) ? 1 : 0;
      int before = 0;
      for (Expr arg : node.args()) {
        before = Math.max(before, levels.get(arg));
      }
      levels.put(node, before + level);
    }
  }

  private void group() {
    Map<Key, List<Row>> byKey = new LinkedHashMap<>();
    for (Row row : rows.values()) {
      byKey.computeIfAbsent(key(row, true), k -> new ArrayList<>()).add(row);
    }
    byKey.forEach(
        (key, group) -> {
          while (groups.size() <= key.level()) {
            groups.add(new ArrayList<>());
          }
          groups.get(key.level()).add(group);
        });
  }

  /** The most products that follow each other. */
  int levels() {
    return Math.max(0, groups.size() - 1);
  }

  /** How many products must be done before a node can be computed. */
  int level(Expr node) {
    return levels.get(node);
  }

  /** For each node of a row the sum of the row, in whose place it stands. */
  Map<Expr, Expr> roots() {
    return roots;
  }

  /** What the rows read. */
  Set<Expr> read() {
    Set<Expr> read = new HashSet<>();
    for (Row row : rows.values()) {
      read.addAll(row.factors());
      if (!row.product()) {
        read.add(row.start());
      }
    }
    return read;
  }

  /** The tiles of the products of a level. */
  List<LoopPlan.Loop> tiles(int level) {
    List<LoopPlan.Loop> tiles = new ArrayList<>();
    if (level >= groups.size()) {
      return tiles;
    }
    for (List<Row> group : groups.get(level)) {
      int factors = group.get(0).factors().size();
      int first = Math.min(factors, STARTING_FACTORS);
      for (int r = 0; r < group.size(); r += TILE_ROWS) {
        List<Row> some = group.subList(r, Math.min(group.size(), r + TILE_ROWS));
        some.forEach(row -> tiles.add(tile(List.of(row), 0, first)));
        for (int c = first; c < factors; c += TILE_FACTORS) {
          tiles.add(tile(some, c, Math.min(factors, c + TILE_FACTORS)));
        }
      }
    }
    return tiles;
  }

  private static LoopPlan.Loop tile(List<Row> rows, int from, int to) {
    List<Expr> operations = new ArrayList<>();
    rows.forEach(row -> operations.addAll(row.chain().subList(from, to)));
    return new LoopPlan.Loop(List.copyOf(operations));
  }
}
