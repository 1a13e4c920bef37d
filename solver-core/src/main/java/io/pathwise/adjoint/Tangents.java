package io.pathwise.adjoint;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Forward;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.kernel.CurveNodes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Forward mode: a program whose paths carry the derivatives of states and functionals in some
 * parameters along (Griewank and Walther 2008, section 3.1; Glasserman 2003, section 7.2). Nothing
 * is swept backwards and nothing is kept.
 *
 * <p>A derivative that is 0 on the graph gets no state, and one that does not change from step to
 * step is read where it is needed.
 */
public final class Tangents {
  private final PathProgram program;
  private final Set<Integer> pinned;
  private final List<String> names;
  private final List<Expr> initial;
  private final List<Expr> step;
  private final Map<String, Map<Expr, Expr>> directions = new LinkedHashMap<>();
  private final List<Functional> functionals;

  private Tangents(PathProgram program, List<String> parameters, Set<Integer> pinned) {
    this.program = program;
    this.pinned = pinned;
    this.names = new ArrayList<>(program.stateNames());
    this.initial = new ArrayList<>(program.initial());
    this.step = new ArrayList<>(program.step());
    List<String> distinct = List.copyOf(new TreeSet<>(parameters));
    distinct.forEach(this::carry);
    this.functionals = functionals(distinct);
  }

  /** The derivatives in some parameters. */
  public static Tangents of(PathProgram program, List<String> parameters) {
    return new Tangents(program, parameters, Set.of());
  }

  /**
   * The derivatives in some parameters along paths some of whose states stay where they are: what
   * the likelihood ratio leaves to be differentiated directly.
   *
   * @param pinned the numbers of those states
   */
  public static Tangents of(PathProgram program, List<String> parameters, Set<Integer> pinned) {
    return new Tangents(program, parameters, Set.copyOf(pinned));
  }

  /**
   * The program whose differentiated outputs bring along their derivatives in the parameters of its
   * gradient.
   */
  public static PathProgram carried(PathProgram program) {
    Tangents tangents = of(program, program.gradient());
    List<Output> outputs = new ArrayList<>();
    for (Output output : program.outputs()) {
      outputs.add(output.swept() ? tangents.bringing(output) : output);
    }
    return tangents.program().withOutputs(program.gradient(), outputs);
  }

  private Output bringing(Output output) {
    List<Expr> derivatives =
        program.gradient().stream().map(parameter -> of(output.value(), parameter)).toList();
    return new Output(output.name(), output.slots(), output.value(), true, derivatives);
  }

  /** The program with the tangents among its states and functionals. */
  public PathProgram program() {
    return program.withStates(names, initial, step).withFunctionals(functionals);
  }

  /**
   * The derivative of what an output reads.
   *
   * @param value reads what an output of the program may read
   * @param parameter one of the directions
   */
  public Expr of(Expr value, String parameter) {
    return Forward.tangent(value, directions.get(parameter));
  }

  /** Whether a value of the program's step, or of an event, moves with a parameter. */
  boolean moves(Expr value, String parameter) {
    return !of(value, parameter).isConst(0);
  }

  /** Adds the tangents of the states in one parameter. */
  private void carry(String parameter) {
    List<Expr> starts = starts(parameter);
    Map<Integer, Expr> steps = steps(parameter, starts);
    Map<Expr, Expr> places = new HashMap<>();
    TreeMap<Integer, Expr> carried = new TreeMap<>();
    steps.forEach(
        (i, after) -> {
          boolean constant = after.equals(placeholder(i));
          Expr place = constant ? starts.get(i) : PathProgram.state(names.size() + carried.size());
          places.put(placeholder(i), place);
          if (!constant) {
            carried.put(i, after);
          }
        });
    step.addAll(Graph.substitute(List.copyOf(carried.values()), places));
    for (int i : carried.keySet()) {
      names.add(program.stateNames().get(i) + "/" + parameter);
      initial.add(starts.get(i));
    }
    Map<Expr, Expr> direction = new HashMap<>();
    steps.keySet().forEach(i -> direction.put(PathProgram.state(i), places.get(placeholder(i))));
    direction.putAll(seeds(parameter));
    directions.put(parameter, direction);
  }

  /** The tangents of what is not of the path: of the parameter, and of the rates of its curve. */
  private Map<Expr, Expr> seeds(String parameter) {
    Map<Expr, Expr> seeds = new HashMap<>(Map.of(Expr.param(parameter), Expr.ONE));
    for (CurveNodes curve : program.curves()) {
      int node = curve.node(parameter);
      if (node >= 0) {
        seeds.put(curve.rate(), curve.weightOf(node));
        seeds.put(CurveNodes.discount(curve.curve()), curve.discountWeight(node));
      }
    }
    return seeds;
  }

  private static Expr placeholder(int i) {
    return Expr.leaf(Leaf.STATE, "tangent[" + i + "]");
  }

  /** The derivative of each state at time 0. */
  private List<Expr> starts(String parameter) {
    Map<Expr, Expr> direction = Map.of(Expr.param(parameter), Expr.ONE);
    List<Expr> starts = new ArrayList<>(Forward.tangent(program.initial(), direction));
    pinned.forEach(i -> starts.set(i, Expr.ZERO));
    return starts;
  }

  /** The derivative after a step of each state whose derivative is not 0 throughout. */
  private Map<Integer, Expr> steps(String parameter, List<Expr> starts) {
    Set<Integer> active = new HashSet<>();
    for (int i = 0; i < starts.size(); i++) {
      if (!starts.get(i).isConst(0)) {
        active.add(i);
      }
    }
    while (true) {
      List<Expr> after = Forward.tangent(program.step(), direction(parameter, active));
      boolean grown = false;
      for (int i = 0; i < after.size(); i++) {
        grown |= !pinned.contains(i) && !after.get(i).isConst(0) && active.add(i);
      }
      if (!grown) {
        Map<Integer, Expr> steps = new TreeMap<>();
        active.forEach(i -> steps.put(i, after.get(i)));
        return steps;
      }
    }
  }

  private Map<Expr, Expr> direction(String parameter, Set<Integer> active) {
    Map<Expr, Expr> direction = new HashMap<>();
    pinned.forEach(i -> direction.put(program.step().get(i), Expr.ZERO));
    active.forEach(i -> direction.put(PathProgram.state(i), placeholder(i)));
    direction.putAll(seeds(parameter));
    return direction;
  }

  /**
   * The functionals with their tangents behind their values: in all of them the same component is
   * the tangent of the same component in the same parameter, since an output does not know which
   * functional it is bound to.
   */
  private List<Functional> functionals(List<String> parameters) {
    int most = program.functionals().stream().mapToInt(Functional::components).max().orElse(0);
    List<List<Double>> starts = new ArrayList<>();
    List<List<Expr>> updates = new ArrayList<>();
    for (Functional functional : program.functionals()) {
      starts.add(padded(functional.initial(), most, 0.0));
      updates.add(padded(functional.update(), most, Expr.ZERO));
    }
    int next = most;
    for (String parameter : parameters) {
      Map<Expr, Expr> outside = directions.get(parameter);
      Map<Expr, Expr> inside = new HashMap<>(outside);
      Set<Integer> moving = moving(parameter);
      for (int j : moving) {
        inside.put(Functional.value(j), Functional.value(next));
        for (int k = 0; k < slots(); k++) {
          outside.put(Output.slot(k, j), Output.slot(k, next));
        }
        next++;
      }
      for (int f = 0; f < updates.size(); f++) {
        for (int j : moving) {
          updates.get(f).add(Forward.tangent(updates.get(f).get(j), inside));
          starts.get(f).add(0.0);
        }
      }
    }
    List<Functional> all = new ArrayList<>();
    for (int f = 0; f < updates.size(); f++) {
      String name = program.functionals().get(f).name();
      all.add(new Functional(name, starts.get(f), updates.get(f)));
    }
    return all;
  }

  private int slots() {
    return program.outputs().stream().mapToInt(Output::slots).max().orElse(0);
  }

  private static <T> List<T> padded(List<T> values, int size, T filler) {
    List<T> padded = new ArrayList<>(values);
    while (padded.size() < size) {
      padded.add(filler);
    }
    return padded;
  }

  /** The numbers of the components that move with a parameter in any functional. */
  private Set<Integer> moving(String parameter) {
    Set<Integer> moving = new TreeSet<>();
    for (Functional functional : program.functionals()) {
      Set<Integer> own = new HashSet<>();
      Map<Expr, Expr> direction = new HashMap<>(directions.get(parameter));
      boolean grown = true;
      while (grown) {
        grown = false;
        List<Expr> tangents = Forward.tangent(functional.update(), direction);
        for (int j = 0; j < tangents.size(); j++) {
          if (!tangents.get(j).isConst(0) && own.add(j)) {
            direction.put(Functional.value(j), Expr.ONE);
            grown = true;
          }
        }
      }
      moving.addAll(own);
    }
    return moving;
  }
}
