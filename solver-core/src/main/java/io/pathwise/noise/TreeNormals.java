package io.pathwise.noise;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The standard normals of the nodes of a Brownian tree, symbolically: each a function of (seed,
 * stream, path, interval, node) alone, so that any order of visits gives the same numbers. Node 0
 * is the interval as a whole; node 1 halves it, and node j halves a half of node j / 2 (a heap).
 *
 * <p>The words of (path, interval) under the key of the run are the key of a tree, whose counter is
 * (node, block).
 */
public final class TreeNormals {
  /** Keeps the counters of trees apart from those of the grid's normals. */
  private static final long TREES = 0x5452454500000000L;

  /** The first block of a node's normals that are independent of the Brownian motion. */
  private static final int EXTRA = 1 << 20;

  private TreeNormals() {}

  /**
   * The key of a tree, two words.
   *
   * @param seed the seed of the run, a 64-bit integer expression like the others
   * @param stream the number of the independent stream within the run
   * @param path the number of the path
   * @param interval the number of the interval of the path
   */
  public static Threefry.Words key(Expr seed, Expr stream, Expr path, Expr interval) {
    return Threefry.block(seed, Expr.apply(Op.LXOR, stream, Expr.word(TREES)), path, interval);
  }

  /**
   * The normals of a node that make the Brownian motion: a vector.
   *
   * @param method how words become normals
   * @param key0 word 0 of the tree's key
   * @param key1 word 1 of the tree's key
   * @param node the number of the node, a 64-bit integer expression
   */
  public static Expr brownian(NormalMethod method, Expr key0, Expr key1, Expr node, int count) {
    return normals(method, key0, key1, node, 0, count);
  }

  /** Normals of a node that are independent of the Brownian motion: a vector. */
  public static Expr extra(NormalMethod method, Expr key0, Expr key1, Expr node, int count) {
    return normals(method, key0, key1, node, EXTRA, count);
  }

  private static Expr normals(
      NormalMethod method, Expr key0, Expr key1, Expr node, int block, int count) {
    List<Expr> normals = new ArrayList<>();
    for (int b = 0; 2 * b < count; b++) {
      Normals.Pair pair = method.block(key0, key1, node, Expr.word(block + b));
      normals.add(pair.cosine());
      normals.add(pair.sine());
    }
    return Expr.concat(normals.subList(0, count)).reshape(Shape.vector(count));
  }
}
