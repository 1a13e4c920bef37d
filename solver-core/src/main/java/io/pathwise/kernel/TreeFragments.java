package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Scalarise;
import io.pathwise.noise.BrownianBisection;
import io.pathwise.noise.BrownianStep;
import io.pathwise.noise.BrownianTree;
import io.pathwise.noise.NormalMethod;
import io.pathwise.noise.Threefry;
import io.pathwise.noise.TreeNormals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The fragments of a program whose paths choose their steps: {@code root} starts a tree, {@code
 * bisect} halves a cell, {@code extra} draws a cell's other normals, {@code attempt} steps over a
 * cell, {@code free} does without what is drawn at boundaries, {@code embedded} gives the state to
 * compare with, and {@code judge} measures the difference and says by what factor the size should
 * change.
 */
public final class TreeFragments {
  /** The tolerance relative to the state. */
  public static final Expr RTOL = Expr.leaf(Leaf.STEP, "rtol");

  /** The absolute tolerance. */
  public static final Expr ATOL = Expr.leaf(Leaf.STEP, "atol");

  /** The safety factor. */
  public static final Expr SAFETY = Expr.leaf(Leaf.STEP, "safety");

  /** The exponent of a step's error. */
  public static final Expr INTEGRAL = Expr.leaf(Leaf.STEP, "integral");

  /** The exponent of the error of the step before. */
  public static final Expr PROPORTIONAL = Expr.leaf(Leaf.STEP, "proportional");

  /** The smallest factor. */
  public static final Expr LEAST = Expr.leaf(Leaf.STEP, "least");

  /** The largest factor. */
  public static final Expr MOST = Expr.leaf(Leaf.STEP, "most");

  /** The error of the step before. */
  public static final Expr PREVIOUS = Expr.leaf(Leaf.LANE, "previousError");

  /** Where the error of a step is written. */
  public static final Expr ERROR = Expr.leaf(Leaf.LANE, "error");

  /** Where the factor for the size is written. */
  public static final Expr FACTOR = Expr.leaf(Leaf.LANE, "factor");

  /** Below this an error is as good as none. */
  private static final double LEAST_ERROR = 1e-10;

  private final TreeStep tree;
  private final Precision precision;
  private final NormalMethod method;

  TreeFragments(TreeStep tree, Precision precision) {
    this.tree = tree;
    this.precision = precision;
    this.method = precision.normals();
  }

  /** The leaves of words that say which cell: key 0, key 1 and node. */
  public static List<Expr> place() {
    return List.of(TreeStep.KEY0, TreeStep.KEY1, TreeStep.NODE);
  }

  /** The leaf of the interval's number. */
  public static Expr interval() {
    return TreeStep.INTERVAL;
  }

  /** W, H and perhaps K over the cell, as scalar leaves. */
  public static List<Expr> cell(TreeStep tree) {
    return Scalarise.scalars(BrownianTree.parts(TreeStep.cell(tree.channels(), tree.third())));
  }

  /** Where those of a half are written. */
  public static List<Expr> half(TreeStep tree, boolean right) {
    return leaves(right ? "right" : "left", tree.parts());
  }

  /** Where a step writes the states. */
  public static List<Expr> next(TreeStep tree) {
    return IntStream.range(0, tree.states()).mapToObj(ProgramFragments::next).toList();
  }

  /** The extra normals of a cell. */
  public static List<Expr> extra(TreeStep tree) {
    return leaves("extra", tree.extra());
  }

  /** A judged state after the cell by the less accurate way. */
  public static List<Expr> coarse(TreeStep tree) {
    return leaves("coarse", tree.judged());
  }

  /** A judged state after the cell by the more accurate way. */
  public static List<Expr> fine(TreeStep tree) {
    return leaves("fine", tree.judged());
  }

  private static List<Expr> leaves(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Expr.leaf(Leaf.LANE, name + "[" + i + "]"))
        .toList();
  }

  List<Fragment> all() {
    List<Fragment> all = new ArrayList<>(List.of(root(), bisect()));
    if (tree.extra() > 0) {
      Expr normals =
          TreeNormals.extra(method, TreeStep.KEY0, TreeStep.KEY1, TreeStep.NODE, tree.extra());
      all.add(new Fragment("extra", extra(tree), Scalarise.scalars(List.of(normals))));
    }
    all.add(new Fragment("attempt", next(tree), precision.round(tree.attempt())));
    if (!tree.free().isEmpty()) {
      all.add(
          new Fragment(
              "free", next(tree).subList(0, tree.free().size()), precision.round(tree.free())));
    }
    if (!tree.embedded().isEmpty()) {
      all.add(new Fragment("embedded", coarse(tree), precision.round(tree.embedded())));
    }
    all.add(judge());
    if (tree.jumps().isPresent()) {
      all.add(tree.jumps().get().draw(method));
      all.add(tree.jumps().get().jump(tree.states(), precision));
    }
    return all;
  }

  private Fragment root() {
    Threefry.Words key =
        TreeNormals.key(
            ProgramFragments.SEED,
            ProgramFragments.STREAM,
            ProgramFragments.PATH,
            TreeStep.INTERVAL);
    BrownianStep whole =
        BrownianTree.rootStep(
            method, tree.channels(), tree.third(), key.first(), key.second(), TreeStep.SIZE);
    List<Expr> targets = new ArrayList<>(List.of(TreeStep.KEY0, TreeStep.KEY1));
    targets.addAll(cell(tree));
    List<Expr> values = new ArrayList<>(List.of(key.first(), key.second()));
    values.addAll(Scalarise.scalars(BrownianTree.parts(whole)));
    return new Fragment("root", targets, values);
  }

  private Fragment bisect() {
    int normals = BrownianBisection.normals(tree.channels(), tree.third());
    BrownianBisection halves =
        BrownianBisection.of(
            TreeStep.cell(tree.channels(), tree.third()),
            TreeNormals.brownian(method, TreeStep.KEY0, TreeStep.KEY1, TreeStep.NODE, normals),
            TreeStep.SIZE.sqrt());
    List<Expr> targets = new ArrayList<>(half(tree, false));
    targets.addAll(half(tree, true));
    List<Expr> values = new ArrayList<>(Scalarise.scalars(BrownianTree.parts(halves.left())));
    values.addAll(Scalarise.scalars(BrownianTree.parts(halves.right())));
    return new Fragment("bisect", targets, values);
  }

  /** The root mean square of the differences against the tolerances, and the PI controller. */
  private Fragment judge() {
    Expr sum = Expr.ZERO;
    for (int i = 0; i < tree.judged(); i++) {
      Expr fine = fine(tree).get(i);
      Expr size = PathProgram.state(i).abs().max(fine.abs());
      Expr ratio = fine.minus(coarse(tree).get(i)).over(RTOL.fma(size, ATOL));
      sum = sum.plus(ratio.square());
    }
    Expr error = sum.over(tree.judged()).sqrt();
    Expr wanted =
        SAFETY
            .times(error.max(LEAST_ERROR).pow(INTEGRAL))
            .times(PREVIOUS.max(LEAST_ERROR).pow(PROPORTIONAL));
    return new Fragment(
        "judge", List.of(ERROR, FACTOR), List.of(error, wanted.max(LEAST).min(MOST)));
  }
}
