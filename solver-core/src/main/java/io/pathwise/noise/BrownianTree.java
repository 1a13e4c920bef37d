package io.pathwise.noise;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A refinable Brownian motion over one interval of a path: any query order gives the same bits, and
 * those of the kernels. Queries are answered by halving the interval ({@link BrownianBisection})
 * down to the cell asked for; a time inside the smallest cell is drawn given that cell's W and H.
 *
 * <p>Not thread-safe.
 */
public final class BrownianTree {
  /** The deepest level: cells below would lose their place in a heap of 64-bit numbers. */
  public static final int DEEPEST = 40;

  private static final Expr KEY0 = Expr.leaf(Leaf.WORD, "key0");
  private static final Expr KEY1 = Expr.leaf(Leaf.WORD, "key1");
  private static final Expr NODE = Expr.leaf(Leaf.WORD, "node");
  private static final Expr SIZE = Expr.leaf(Leaf.STEP, "size");

  private final double start;
  private final double end;
  private final int channels;
  private final int depth;
  private final long key0;
  private final long key1;
  private final Laws laws;

  /**
   * What a Brownian motion does over an interval, an element a channel.
   *
   * @param w the increment W
   * @param h the space-time Lévy area H
   * @param k the space-time-time Lévy area K; empty where the tree does not carry it
   */
  public record Increment(double[] w, double[] h, double[] k) {}

  /**
   * Where trees are: what fixes their bits beside the interval.
   *
   * @param method how words become normals
   * @param seed the seed of the run
   * @param stream the number of the independent stream within the run
   * @param channels the number of channels m
   * @param third whether K is carried
   */
  public record Source(NormalMethod method, long seed, long stream, int channels, boolean third) {}

  /**
   * The tree of an interval.
   *
   * @param source the source
   * @param path the number of the path
   * @param interval the number of the interval
   * @param start where it begins, years
   * @param end where it ends, above {@code start}
   * @param depth the level of the smallest cells that times between cells are drawn in, at most
   *     {@link #DEEPEST}
   * @throws IllegalArgumentException if the interval or the depth is none
   */
  public BrownianTree(
      Source source, long path, long interval, double start, double end, int depth) {
    this(new Laws(source), path, interval, start, end, depth);
  }

  private BrownianTree(Laws laws, long path, long interval, double start, double end, int depth) {
    if (!(end > start) || depth < 0 || depth > DEEPEST) {
      throw new IllegalArgumentException(
          "a tree over ["
              + start
              + ", "
              + end
              + "] of depth "
              + depth
              + ": expected an end after the start and a depth from 0 to "
              + DEEPEST);
    }
    this.laws = laws;
    this.start = start;
    this.end = end;
    this.depth = depth;
    this.channels = laws.source().channels();
    Threefry.Words key =
        TreeNormals.key(
            Expr.word(laws.source().seed()),
            Expr.word(laws.source().stream()),
            Expr.word(path),
            Expr.word(interval));
    this.key0 = key.first().literal();
    this.key1 = key.second().literal();
  }

  /** The tree of another interval of the source, which shares this one's workspace. */
  public BrownianTree on(long path, long interval, double from, double to) {
    return new BrownianTree(laws, path, interval, from, to, depth);
  }

  /** What a source's trees evaluate. */
  private record Laws(Source source, Interpreter root, Interpreter bisection, Interpreter bridge) {

    Laws(Source source) {
      this(source, rootOf(source), bisectionOf(source), bridgeOf(source));
    }

    private static Interpreter rootOf(Source s) {
      return interpreter(List.of(rootStep(s.method(), s.channels(), s.third(), KEY0, KEY1, SIZE)));
    }

    private static Interpreter bisectionOf(Source s) {
      int normals = BrownianBisection.normals(s.channels(), s.third());
      BrownianBisection halves =
          BrownianBisection.of(
              cellLeaves(s.channels(), s.third(), SIZE),
              TreeNormals.brownian(s.method(), KEY0, KEY1, NODE, normals),
              SIZE.sqrt());
      return interpreter(List.of(halves.left(), halves.right()));
    }

    private static Interpreter bridgeOf(Source s) {
      return new Interpreter(
          List.of(TreeNormals.brownian(s.method(), KEY0, KEY1, NODE, 2 * s.channels())));
    }
  }

  private static Interpreter interpreter(List<BrownianStep> steps) {
    List<Expr> values = new ArrayList<>();
    steps.forEach(step -> values.addAll(parts(step)));
    return new Interpreter(values);
  }

  /** W, H and, where it is carried, K of a step: vectors. */
  public static List<Expr> parts(BrownianStep step) {
    return step.k() == null ? List.of(step.w(), step.h()) : List.of(step.w(), step.h(), step.k());
  }

  /**
   * The Brownian motion over a whole interval, symbolically.
   *
   * @param method how words become normals
   * @param m channels
   * @param third whether K is carried
   * @param key0 word 0 of the tree's key
   * @param key1 word 1 of the tree's key
   * @param size the size of the interval
   */
  public static BrownianStep rootStep(
      NormalMethod method, int m, boolean third, Expr key0, Expr key1, Expr size) {
    Set<LevyTerm> terms =
        third ? Set.of(LevyTerm.SPACE_TIME, LevyTerm.SPACE_TIME_TIME) : Set.of(LevyTerm.SPACE_TIME);
    Expr z = TreeNormals.brownian(method, key0, key1, Expr.word(0), BrownianStep.normals(m, terms));
    return BrownianStep.of(z, m, terms, size, size.sqrt());
  }

  /** A cell as per-path leaves named w, h and k, to be halved. */
  public static BrownianStep cellLeaves(int m, boolean third, Expr size) {
    Shape shape = Shape.vector(m);
    return new BrownianStep(
        size,
        Expr.leaf(Leaf.LANE, "w", shape),
        Expr.leaf(Leaf.LANE, "h", shape),
        third ? Expr.leaf(Leaf.LANE, "k", shape) : null,
        null);
  }

  /**
   * The cell number {@code j} of the {@code 2^level} cells of a level.
   *
   * @param level from 0 to {@link #DEEPEST}
   * @param j from 0
   */
  public Increment cell(int level, long j) {
    if (level < 0 || level > DEEPEST || j < 0 || j >> level != 0) {
      throw new IllegalArgumentException("cell " + j + " of level " + level);
    }
    double[] parts = evaluate(laws.root(), 0, end - start, Map.of());
    for (int l = 0; l < level; l++) {
      double[] halves =
          evaluate(
              laws.bisection(),
              (1L << l) + (j >> (level - l)),
              Math.scalb(end - start, -l),
              named(parts));
      boolean right = (j >> (level - l - 1) & 1) == 1;
      int from = right ? parts.length : 0;
      System.arraycopy(halves, from, parts, 0, parts.length);
    }
    return increment(parts);
  }

  private Map<String, Double> named(double[] parts) {
    Map<String, Double> leaves = new HashMap<>();
    String[] names = {"w", "h", "k"};
    for (int i = 0; i < parts.length; i++) {
      leaves.put(names[i / channels] + "[" + i % channels + "]", parts[i]);
    }
    return leaves;
  }

  private double[] evaluate(Interpreter of, long node, double size, Map<String, Double> leaves) {
    return of.evaluate(
        leaf -> leaf.equals(SIZE) ? size : leaves.get(leaf.name()),
        leaf -> leaf.equals(KEY0) ? key0 : leaf.equals(KEY1) ? key1 : node);
  }

  private Increment increment(double[] parts) {
    return new Increment(
        Arrays.copyOf(parts, channels),
        Arrays.copyOfRange(parts, channels, 2 * channels),
        Arrays.copyOfRange(parts, 2 * channels, parts.length));
  }

  /**
   * W and H over [s, t] inside the interval; without K. Exact where s and t are ends of cells down
   * to the tree's depth; each other time has the exact law given its cell, and two times in one
   * smallest cell share its normals.
   *
   * @throws IllegalArgumentException if not start <= s < t <= end
   */
  public Increment over(double s, double t) {
    if (!(s >= start && t <= end && s < t)) {
      throw new IllegalArgumentException(
          "[" + s + ", " + t + "], expected a part of [" + start + ", " + end + "]");
    }
    double[][] before = upTo(s);
    double[][] after = upTo(t);
    double[] w = new double[channels];
    double[] h = new double[channels];
    for (int c = 0; c < channels; c++) {
      w[c] = after[0][c] - before[0][c];
      double integral = after[1][c] - before[1][c] - (t - s) * before[0][c];
      h[c] = integral / (t - s) - w[c] / 2;
    }
    return new Increment(w, h, new double[0]);
  }

  /** W and its time integral from the start to a time, an element a channel. */
  private double[][] upTo(double time) {
    double[] parts = evaluate(laws.root(), 0, end - start, Map.of());
    double[][] sum = new double[2][channels];
    double rest = time - start;
    double size = end - start;
    long node = 1;
    for (int l = 0; l < depth && rest > 0 && rest < size; l++) {
      double[] halves = evaluate(laws.bisection(), node, size, named(parts));
      size /= 2;
      boolean right = rest >= size;
      if (right) {
        add(sum, halves, size);
        rest -= size;
      }
      System.arraycopy(halves, right ? parts.length : 0, parts, 0, parts.length);
      node = 2 * node + (right ? 1 : 0);
    }
    if (rest >= size) {
      add(sum, parts, size);
    } else if (rest > 0) {
      add(sum, inside(parts, node, size, rest / size), rest);
    }
    return sum;
  }

  /** Appends an increment to what happened before: dI = W size + U. */
  private void add(double[][] sum, double[] parts, double size) {
    for (int c = 0; c < channels; c++) {
      sum[1][c] += sum[0][c] * size + size * (parts[c] / 2 + parts[channels + c]);
      sum[0][c] += parts[c];
    }
  }

  /** W and H over the first part r of a cell, given W and H over the cell. */
  private double[] inside(double[] parts, long node, double size, double r) {
    double[] z = evaluate(laws.bridge(), node, size, Map.of());
    BridgeLaw law = BridgeLaw.of(r);
    double root = Math.sqrt(size);
    double[] drawn = new double[2 * channels];
    for (int c = 0; c < channels; c++) {
      double[] pair = law.draw(parts[c], parts[channels + c], root * z[c], root * z[channels + c]);
      drawn[c] = pair[0];
      drawn[channels + c] = pair[1];
    }
    return drawn;
  }
}
