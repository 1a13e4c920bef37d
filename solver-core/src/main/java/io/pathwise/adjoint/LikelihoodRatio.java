package io.pathwise.adjoint;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Forward;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.LinearSolve;
import io.pathwise.expr.Op;
import io.pathwise.kernel.PathProgram;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The score of a path, the derivative of the logarithm of its density in a parameter, carried as
 * one more state (Glasserman 2003, section 7.3; Broadie and Glasserman 1996).
 *
 * <p>A step y' = a(y) + B(y) z of n states with n standard normals z has the score z . w - tr(B^-1
 * B_p), where w = B^-1 F_p and F_p, B_p are the derivatives of the step and of B in the parameter
 * at fixed y and z. The initial state enters through the first step alone.
 */
public final class LikelihoodRatio {

  private static final Set<Op> KINKS = EnumSet.of(Op.MAX, Op.MIN, Op.ABS, Op.POSITIVE, Op.SELECT);

  /** 1 in the first step of the grid, else 0: an input of the step. */
  public static final String FIRST = "firstStep";

  private final PathProgram program;
  private final int n;
  private final List<Expr> normals;
  private final Expr[][] b;
  private final List<String> names;
  private final List<Expr> initial;
  private final List<Expr> step;
  private final Map<String, Expr> scores = new LinkedHashMap<>();
  private final Map<Pair, Expr> curvatures = new LinkedHashMap<>();
  private final Tangents direct;

  /** Two parameters in which the density is differentiated, one after the other. */
  public record Pair(String first, String second) {}

  private LikelihoodRatio(
      PathProgram program, int n, List<String> parameters, Collection<Pair> pairs) {
    this.program = program;
    this.n = n;
    this.normals = IntStream.range(0, n).mapToObj(c -> PathProgram.normalLeaf(0, c)).toList();
    this.b = coefficient(program, n);
    Tangents own = Tangents.of(program, parameters, pinned(n));
    PathProgram carrying = own.program();
    this.direct = own;
    this.names = new ArrayList<>(carrying.stateNames());
    this.initial = new ArrayList<>(carrying.initial());
    this.step = new ArrayList<>(carrying.step());
    for (String parameter : new TreeSet<>(parameters)) {
      scores.put(parameter, summed("score/" + parameter, ofStep(parameter)));
    }
    for (Pair pair : new LinkedHashSet<>(pairs)) {
      curvatures.put(pair, summed("score/" + pair.first() + "/" + pair.second(), ofStep(pair)));
    }
  }

  /** A state that sums what every step adds. */
  private Expr summed(String name, Expr ofStep) {
    Expr sum = PathProgram.state(names.size());
    names.add(name);
    initial.add(Expr.ZERO);
    step.add(sum.plus(ofStep));
    return sum;
  }

  /**
   * What keeps a program from having scores; empty where nothing does.
   *
   * @param states n, the states whose density is meant: the first ones
   * @param channels the Brownian channels, whose normals are the first of a step
   * @param parameters in which the density is differentiated
   */
  public static Optional<String> problem(
      PathProgram program, int states, int channels, List<String> parameters) {
    if (states != channels) {
      return Optional.of(
          "the density of a step of "
              + states
              + " states with "
              + channels
              + " Brownian channels is not known: expected as many channels as states");
    }
    if (states > LinearSolve.LARGEST) {
      return Optional.of(states + " states, expected at most " + LinearSolve.LARGEST);
    }
    List<Expr> core = program.step().subList(0, states);
    List<Expr> leaves = Graph.leaves(core);
    for (int i = states; i < program.states(); i++) {
      if (leaves.contains(PathProgram.state(i))) {
        return Optional.of(
            "the step reads " + program.stateNames().get(i) + ", which has no noise");
      }
    }
    Expr[][] b = coefficient(program, states);
    List<Expr> entries =
        IntStream.range(0, states).boxed().flatMap(i -> List.of(b[i]).stream()).toList();
    for (int c = 0; c < channels; c++) {
      if (Graph.dependsOn(entries, PathProgram.normalLeaf(0, c))) {
        return Optional.of("the step is not affine in its Brownian normals, as that of euler is");
      }
    }
    for (int i = 0; i < states; i++) {
      int row = i;
      if (IntStream.range(0, channels).allMatch(c -> b[row][c].isConst(0))) {
        return Optional.of("state " + program.stateNames().get(i) + " gets no noise in a step");
      }
    }
    Optional<Expr> kink =
        Graph.topological(entries).stream()
            .filter(node -> node.varying() && KINKS.contains(node.op()))
            .findFirst();
    for (String parameter : parameters) {
      if (kink.isPresent() && Graph.dependsOn(core, Expr.param(parameter))) {
        return Optional.of(
            "the step has no density in "
                + parameter
                + " where "
                + kink.get()
                + " is 0; expected parameters of the initial state alone");
      }
    }
    return Optional.empty();
  }

  /**
   * The scores of a program without {@link #problem}.
   *
   * @param states n, the states whose density is meant: the first ones
   * @param parameters in which there are scores
   * @param pairs of those, in which the density is differentiated twice
   */
  public static LikelihoodRatio of(
      PathProgram program, int states, List<String> parameters, Collection<Pair> pairs) {
    return new LikelihoodRatio(program, states, parameters, pairs);
  }

  /** The program with the scores, and with what outputs need to be differentiated directly. */
  public PathProgram program() {
    return direct.program().withStates(names, initial, step);
  }

  /**
   * What has the derivative of a value's mean as its mean: value times score, and the derivative of
   * the value on fixed states.
   */
  public Expr derivative(Expr value, String parameter) {
    return value.times(scores.get(parameter)).plus(direct.of(value, parameter));
  }

  /** The derivative of a value on fixed states. */
  public Expr direct(Expr value, String parameter) {
    return direct.of(value, parameter);
  }

  /** Whether functionals move with a parameter on fixed states, beside what outputs read. */
  public boolean functionalsMove() {
    PathProgram carrying = direct.program();
    return carrying.states() > program.states()
        || IntStream.range(0, program.functionals().size())
            .anyMatch(
                f ->
                    carrying.functionals().get(f).components()
                        > program.functionals().get(f).components());
  }

  /**
   * What has the second derivative of a value's mean as its mean, whatever the value's jumps; not
   * where {@link #functionalsMove}.
   */
  public Expr second(Expr value, Pair pair) {
    Expr first = scores.get(pair.first());
    Expr second = scores.get(pair.second());
    Expr inFirst = direct.of(value, pair.first());
    Expr inSecond = direct.of(value, pair.second());
    return value
        .times(first.times(second).plus(curvatures.get(pair)))
        .plus(inFirst.times(second))
        .plus(inSecond.times(first))
        .plus(direct.of(inFirst, pair.second()));
  }

  private static Set<Integer> pinned(int n) {
    return IntStream.range(0, n).boxed().collect(Collectors.toSet());
  }

  /** B, the derivatives of the first n states in the first n normals. */
  private static Expr[][] coefficient(PathProgram program, int n) {
    Expr[][] b = new Expr[n][n];
    for (int c = 0; c < n; c++) {
      Map<Expr, Expr> direction = Map.of(PathProgram.normalLeaf(0, c), Expr.ONE);
      List<Expr> column = Forward.tangent(program.step().subList(0, n), direction);
      for (int i = 0; i < n; i++) {
        b[i][c] = column.get(i);
      }
    }
    return b;
  }

  private Expr ofStep(String parameter) {
    Expr own = along(Map.of(Expr.param(parameter), Expr.ONE));
    Map<Expr, Expr> moved = moved(parameter);
    return moved.isEmpty() ? own : own.plus(inFirst(along(moved), Expr.ZERO));
  }

  private static Expr inFirst(Expr then, Expr otherwise) {
    return Expr.leaf(Leaf.STEP, FIRST).above(Expr.ZERO).select(then, otherwise);
  }

  /** How the initial states move. */
  private Map<Expr, Expr> moved(String parameter) {
    Map<Expr, Expr> moved = new HashMap<>();
    List<Expr> starts =
        Forward.tangent(program.initial().subList(0, n), Map.of(Expr.param(parameter), Expr.ONE));
    for (int i = 0; i < n; i++) {
      if (!starts.get(i).isConst(0)) {
        moved.put(PathProgram.state(i), starts.get(i));
      }
    }
    return moved;
  }

  /**
   * The derivative of a step's score in another parameter at fixed states: its normals give way.
   */
  private Expr ofStep(Pair pair) {
    Expr own = along(Map.of(Expr.param(pair.first()), Expr.ONE));
    Map<Expr, Expr> later = Map.of(Expr.param(pair.second()), Expr.ONE);
    Expr otherwise = Forward.tangent(own, givingWay(later));
    Map<Expr, Expr> firstMoved = moved(pair.first());
    Map<Expr, Expr> secondMoved = moved(pair.second());
    if (firstMoved.isEmpty() && secondMoved.isEmpty()) {
      return otherwise;
    }
    Map<Expr, Expr> together = new HashMap<>(later);
    together.putAll(secondMoved);
    Expr all = own.plus(firstMoved.isEmpty() ? Expr.ZERO : along(firstMoved));
    return inFirst(Forward.tangent(all, givingWay(together)), otherwise);
  }

  /** A direction with what it does to the normals where the next states stay. */
  private Map<Expr, Expr> givingWay(Map<Expr, Expr> direction) {
    Map<Expr, Expr> all = new HashMap<>(direction);
    List<Expr> moved = Forward.tangent(program.step().subList(0, n), direction);
    if (!zero(moved)) {
      Expr[] w = solve(moved);
      for (int j = 0; j < n; j++) {
        all.put(normals.get(j), w[j].neg());
      }
    }
    return all;
  }

  /** z . w - tr(B^-1 B_p), the derivative p taken along a direction. */
  private Expr along(Map<Expr, Expr> direction) {
    List<Expr> moved = Forward.tangent(program.step().subList(0, n), direction);
    Expr sum = Expr.ZERO;
    if (!zero(moved)) {
      Expr[] w = solve(moved);
      for (int j = 0; j < n; j++) {
        sum = sum.plus(normals.get(j).times(w[j]));
      }
    }
    for (int j = 0; j < n; j++) {
      int column = j;
      List<Expr> entries = IntStream.range(0, n).mapToObj(i -> b[i][column]).toList();
      List<Expr> change = Forward.tangent(entries, direction);
      if (!zero(change)) {
        sum = sum.minus(solve(change)[j]);
      }
    }
    return sum;
  }

  private static boolean zero(List<Expr> values) {
    return values.stream().allMatch(value -> value.isConst(0));
  }

  /** B^-1 times a vector; a triangular B needs no pivots. */
  private Expr[] solve(List<Expr> right) {
    boolean triangular = true;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        triangular &= b[i][j].isConst(0);
      }
    }
    Expr[] vector = right.toArray(Expr[]::new);
    return triangular ? LinearSolve.solvePositiveDefinite(b, vector) : LinearSolve.solve(b, vector);
  }
}
