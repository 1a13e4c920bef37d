package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.TreeFragments;
import io.pathwise.kernel.TreeStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The fragments that work on cells, and the arrays they write. */
final class TreeCalls {
  final double[][] left;
  final double[][] right;
  final double[][] coarse;
  final double[][] fine;
  final double[] error = Lanes.block();
  final double[] factor = Lanes.block();

  private final TreeStep tree;
  private final double[][] middle;
  private final double[] half = Lanes.block();
  private final double[] later = Lanes.block();
  private final double[][] extraNormals;
  private final double[] node = Lanes.block();
  private final FragmentCall root;
  private final FragmentCall.Port rootPort;
  private final FragmentCall bisect;
  private final FragmentCall.Port bisectPort;
  private final FragmentCall extra;
  private final FragmentCall.Port extraPort;
  private final Attempt attempt;
  private final Attempt free;
  private final double[][] freeFine;
  private final Attempt embedded;
  private final FragmentCall judge;
  private final FragmentCall.Port judgePort;

  TreeCalls(TreeStep tree, Calls calls) {
    this.tree = tree;
    this.left = Lanes.blocks(tree.parts());
    this.right = Lanes.blocks(tree.parts());
    this.coarse = Lanes.blocks(tree.states());
    this.middle = Lanes.blocks(tree.states());
    this.fine = Lanes.blocks(tree.states());
    this.extraNormals = Lanes.blocks(tree.extra());
    List<Expr> place = TreeFragments.place();
    List<Expr> cell = TreeFragments.cell(tree);
    this.root = calls.tree("root");
    this.rootPort =
        root.port(
            join(
                List.of(ProgramFragments.PATH, TreeFragments.interval(), TreeStep.SIZE),
                place.subList(0, 2),
                cell));
    this.bisect = calls.tree("bisect");
    this.bisectPort =
        bisect.port(
            join(
                place,
                List.of(TreeStep.SIZE),
                cell,
                TreeFragments.half(tree, false),
                TreeFragments.half(tree, true)));
    this.extra = tree.extra() > 0 ? calls.tree("extra") : null;
    this.extraPort = extra == null ? null : extra.port(join(place, TreeFragments.extra(tree)));
    this.attempt = new Attempt(calls.step("attempt"), tree, TreeFragments.next(tree));
    this.free =
        tree.free().isEmpty()
            ? attempt
            : new Attempt(calls.step("free"), tree, TreeFragments.next(tree));
    this.freeFine = free == attempt ? fine : Lanes.blocks(tree.states());
    this.embedded =
        tree.embedded().isEmpty()
            ? null
            : new Attempt(calls.step("embedded"), tree, TreeFragments.coarse(tree));
    this.judge = calls.tree("judge");
    this.judgePort =
        judge.port(
            join(
                states(tree),
                TreeFragments.coarse(tree),
                TreeFragments.fine(tree),
                List.of(TreeFragments.PREVIOUS, TreeFragments.ERROR, TreeFragments.FACTOR)));
  }

  private static List<Expr> states(TreeStep tree) {
    return IntStream.range(0, tree.states()).mapToObj(PathProgram::state).toList();
  }

  @SafeVarargs
  private static List<Expr> join(List<Expr>... lists) {
    List<Expr> all = new ArrayList<>();
    for (List<Expr> list : lists) {
      all.addAll(list);
    }
    return all;
  }

  private static int bind(FragmentCall.Port port, int from, double[][] arrays) {
    for (int i = 0; i < arrays.length; i++) {
      port.bind(from + i, arrays[i]);
    }
    return from + arrays.length;
  }

  /** A step over a cell. */
  private static final class Attempt {
    private final FragmentCall call;
    private final FragmentCall.Port port;

    Attempt(FragmentCall call, TreeStep tree, List<Expr> targets) {
      this.call = call;
      this.port =
          call.port(
              join(
                  List.of(TreeStep.TIME, TreeStep.SIZE),
                  TreeFragments.cell(tree),
                  states(tree),
                  TreeFragments.extra(tree),
                  targets));
    }

    void bind(double[] time, double[] size, double[][] parts, double[][] from, double[][] normals) {
      port.bind(0, time);
      port.bind(1, size);
      int next = TreeCalls.bind(port, 2, parts);
      next = TreeCalls.bind(port, next, from);
      TreeCalls.bind(port, next, normals);
    }

    void run(int k, int n, int firstTarget, double[][] to) {
      TreeCalls.bind(port, firstTarget, to);
      call.run(k, n);
    }
  }

  /** Starts a tree in the first n lanes: writes the keys, W and H of the cells. */
  void root(TreeCells cells, int n) {
    rootPort.bind(0, cells.path());
    rootPort.bind(1, cells.interval());
    rootPort.bind(2, cells.size());
    rootPort.bind(3, cells.place()[0]);
    rootPort.bind(4, cells.place()[1]);
    bind(rootPort, 5, cells.parts());
    root.run(0, n);
  }

  /** Halves the cells of the first n lanes into {@link #left} and {@link #right}. */
  void bisect(TreeCells cells, int n) {
    int next = bind(bisectPort, 0, cells.place());
    bisectPort.bind(next, cells.size());
    next = bind(bisectPort, next + 1, cells.parts());
    next = bind(bisectPort, next, left);
    bind(bisectPort, next, right);
    bisect.run(0, n);
  }

  /** Steps over the cells of the first n lanes in one step, to {@link #fine}. */
  void whole(TreeCells cells, int k, int n) {
    draw(cells, 1, 0, n);
    over(attempt, cells.time(), cells.size(), cells.parts(), cells.states(), fine, k, n);
  }

  /** Steps over the cells twice, to {@link #coarse} and {@link #fine}, and judges them. */
  void compare(TreeCells cells, int k, int n) {
    if (embedded == null) {
      bisect(cells, n);
      double[] time = cells.time();
      double[] size = cells.size();
      for (int i = 0; i < n; i++) {
        half[i] = size[i] * 0.5;
        later[i] = time[i] + half[i];
      }
      draw(cells, 1, 0, n);
      over(free, time, size, cells.parts(), cells.states(), coarse, k, n);
      halves(free, cells, freeFine, k, n);
      if (free != attempt) {
        halves(attempt, cells, fine, k, n);
      }
    } else {
      whole(cells, k, n);
      embedded.bind(cells.time(), cells.size(), cells.parts(), cells.states(), extraNormals);
      embedded.run(k, n, firstTarget(), coarse);
    }
    int next = bind(judgePort, 0, cells.states());
    for (int i = 0; i < tree.judged(); i++) {
      judgePort.bind(next + i, coarse[i]);
      judgePort.bind(next + tree.judged() + i, freeFine[i]);
    }
    next += 2 * tree.judged();
    judgePort.bind(next, cells.error());
    judgePort.bind(next + 1, error);
    judgePort.bind(next + 2, factor);
    judge.run(0, n);
  }

  private int firstTarget() {
    return 2 + tree.parts() + tree.states() + tree.extra();
  }

  /** Steps over both halves, which {@link #bisect} has found. */
  private void halves(Attempt by, TreeCells cells, double[][] to, int k, int n) {
    draw(cells, 2, 0, n);
    over(by, cells.time(), half, left, cells.states(), middle, k, n);
    draw(cells, 2, 1, n);
    over(by, later, half, right, middle, to, k, n);
  }

  private void over(
      Attempt by,
      double[] time,
      double[] size,
      double[][] parts,
      double[][] from,
      double[][] to,
      int k,
      int n) {
    by.bind(time, size, parts, from, extraNormals);
    by.run(k, n, firstTarget(), to);
  }

  /** The extra normals of the node {@code times node + plus} of every lane. */
  private void draw(TreeCells cells, int times, int plus, int n) {
    if (extra != null) {
      for (int i = 0; i < n; i++) {
        Lanes.putLong(node, i, times * Lanes.getLong(cells.place()[2], i) + plus);
      }
      extraPort.bind(0, cells.place()[0]);
      extraPort.bind(1, cells.place()[1]);
      extraPort.bind(2, node);
      bind(extraPort, 3, extraNormals);
      extra.run(0, n);
    }
  }
}
