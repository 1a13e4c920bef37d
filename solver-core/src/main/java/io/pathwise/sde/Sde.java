package io.pathwise.sde;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A stochastic differential equation dy = f(t, y) dt + g(t, y) dW, with jumps where it has any, of
 * n states and m Brownian channels, declared symbolically.
 *
 * <p>Expressions read the leaves {@link #TIME}, {@link #state}, parameters and time-dependent
 * curves ({@link #curve}).
 *
 * @param name names the equation
 * @param calculus how the integral is read
 * @param noise the structure of g
 * @param states the names of the states
 * @param channels m
 * @param parameters the names of the scalar parameters, in the order gradients use
 * @param initial y(0), a vector of n; reads parameters only
 * @param drift f, a vector of n
 * @param diffusion g: a vector of n for diagonal noise, else an n x m matrix
 * @param observables named scalar functions of the state that outputs refer to
 * @param capabilities structures that some schemes need
 * @param jumps the compound Poisson terms
 */
public record Sde(
    String name,
    Calculus calculus,
    NoiseType noise,
    List<String> states,
    int channels,
    List<String> parameters,
    Expr initial,
    Expr drift,
    Expr diffusion,
    Map<String, Expr> observables,
    List<Capability> capabilities,
    List<JumpTerm> jumps) {

  /** Time in years at the start of the step. */
  public static final Expr TIME = Expr.leaf(Leaf.STEP, "t");

  /** The state of an equation with n states: a vector leaf. */
  public static Expr state(int n) {
    return Expr.leaf(Leaf.STATE, "y", Shape.vector(n));
  }

  /** The mean over the step of a time-dependent curve, such as a forward rate. */
  public static Expr curve(String name) {
    return Expr.leaf(Leaf.STEP, "curve:" + name);
  }

  /**
   * Checks shapes, leaves, and that g has the declared structure.
   *
   * @throws IllegalArgumentException naming all that is wrong: states and channels that contradict
   *     the declared noise type among it
   */
  public Sde {
    states = List.copyOf(states);
    parameters = List.copyOf(parameters);
    observables = Collections.unmodifiableMap(new LinkedHashMap<>(observables));
    capabilities = List.copyOf(capabilities);
    jumps = List.copyOf(jumps);
    int n = states.size();
    List<String> problems = new ArrayList<>();
    check(problems, "initial", initial, Shape.vector(n));
    check(problems, "drift", drift, Shape.vector(n));
    boolean diagonal = noise == NoiseType.DIAGONAL;
    check(problems, "diffusion", diffusion, diagonal ? Shape.vector(n) : Shape.matrix(n, channels));
    if (diagonal && channels != n) {
      problems.add("diagonal noise: " + channels + " channels, expected one a state, " + n);
    }
    if (noise == NoiseType.SCALAR && channels != 1) {
      problems.add("scalar noise: " + channels + " channels, expected 1");
    }
    if (Graph.leaves(List.of(initial)).stream()
        .anyMatch(leaf -> leaf.varying() && leaf.leaf() != Leaf.INPUT)) {
      problems.add("initial: reads the state, expected parameters only");
    }
    for (String undeclared :
        Declared.missing(Graph.leaves(List.of(initial, drift, diffusion)), parameters)) {
      problems.add("parameter " + undeclared + " is read but not declared");
    }
    if (problems.isEmpty()) {
      problems.addAll(StructureCheck.problems(noise, states, diffusion));
    }
    for (JumpTerm jump : jumps) {
      problems.addAll(jump.problems(n, parameters));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(name + ": " + String.join("; ", problems));
    }
  }

  /** An equation without special structure. */
  public Sde(
      String name,
      Calculus calculus,
      NoiseType noise,
      List<String> states,
      int channels,
      List<String> parameters,
      Expr initial,
      Expr drift,
      Expr diffusion,
      Map<String, Expr> observables) {
    this(
        name,
        calculus,
        noise,
        states,
        channels,
        parameters,
        initial,
        drift,
        diffusion,
        observables,
        List.of());
  }

  /** An equation without jumps. */
  public Sde(
      String name,
      Calculus calculus,
      NoiseType noise,
      List<String> states,
      int channels,
      List<String> parameters,
      Expr initial,
      Expr drift,
      Expr diffusion,
      Map<String, Expr> observables,
      List<Capability> capabilities) {
    this(
        name,
        calculus,
        noise,
        states,
        channels,
        parameters,
        initial,
        drift,
        diffusion,
        observables,
        capabilities,
        List.of());
  }

  /** The same equation, of which a structure is known. */
  public Sde with(Capability capability) {
    List<Capability> more = new ArrayList<>(capabilities);
    more.add(capability);
    return with(parameters, initial, more, jumps);
  }

  /** The same equation with one more compound Poisson term. */
  public Sde with(JumpTerm jump) {
    List<JumpTerm> more = new ArrayList<>(jumps);
    more.add(jump);
    return with(parameters, initial, capabilities, more);
  }

  /** The same equation between its jumps. */
  public Sde withoutJumps() {
    return with(parameters, initial, capabilities, List.of());
  }

  /**
   * The same equation from another start.
   *
   * @param names all its parameters
   * @param start the initial value of every state
   */
  public Sde startingAt(List<String> names, List<Expr> start) {
    return with(names, Expr.concat(start).reshape(Shape.vector(start.size())), capabilities, jumps);
  }

  private Sde with(
      List<String> names, Expr start, List<Capability> structures, List<JumpTerm> terms) {
    return new Sde(
        name,
        calculus,
        noise,
        states,
        channels,
        names,
        start,
        drift,
        diffusion,
        observables,
        structures,
        terms);
  }

  /** The structure of a kind, where the equation has it. */
  public <C extends Capability> Optional<C> capability(Class<C> kind) {
    return capabilities.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /**
   * The scalar parameters that a name stands for: itself, or the elements {@code name[0]}, {@code
   * name[1]} .. of a vector, or of a matrix row by row; empty if there is none.
   */
  public List<String> elements(String parameter) {
    Set<String> declared = Set.copyOf(parameters);
    return declared.contains(parameter)
        ? List.of(parameter)
        : IntStream.iterate(0, i -> i + 1)
            .mapToObj(i -> parameter + "[" + i + "]")
            .takeWhile(declared::contains)
            .toList();
  }

  private static void check(List<String> problems, String what, Expr expr, Shape expected) {
    if (!expr.shape().equals(expected)) {
      problems.add(what + " is a " + expr.shape() + ", expected a " + expected);
    }
  }

  /** The state leaf of this equation. */
  public Expr state() {
    return state(states.size());
  }

  /** g applied to a vector of Brownian increments: a vector of n. */
  public Expr diffuse(Expr increments) {
    return diffuse(diffusion, increments);
  }

  /** A value of g, such as that of another point, applied to a vector of m: a vector of n. */
  public Expr diffuse(Expr g, Expr increments) {
    return noise == NoiseType.DIAGONAL ? g.times(increments) : g.matVec(increments);
  }

  /** f at another time and state: a vector of n. */
  public Expr drift(Expr t, Expr y) {
    return at(drift, t, y);
  }

  /** g at another time and state: a vector of n for diagonal noise, else an n x m matrix. */
  public Expr diffusion(Expr t, Expr y) {
    return at(diffusion, t, y);
  }

  /** The column of g that channel j drives: a vector of n. */
  public Expr channel(int j) {
    return channel(diffusion, j);
  }

  /** Column j of a value of g: a vector of n. */
  public Expr channel(Expr g, int j) {
    int n = states.size();
    List<Expr> column = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      boolean diagonal = noise == NoiseType.DIAGONAL;
      column.add(diagonal ? (i == j ? g.get(i) : Expr.ZERO) : g.get(i, j));
    }
    return Expr.concat(column).reshape(Shape.vector(n));
  }

  /** The same process in Itô calculus: the drift gains 1/2 sum_j (g_j . grad) g_j. */
  public Sde toIto() {
    return CalculusConversion.to(Calculus.ITO, this);
  }

  /** The same process in Stratonovich calculus: the drift loses 1/2 sum_j (g_j . grad) g_j. */
  public Sde toStratonovich() {
    return CalculusConversion.to(Calculus.STRATONOVICH, this);
  }

  private Expr at(Expr field, Expr t, Expr y) {
    return Graph.substitute(field, Map.of(TIME, t, state(), y));
  }

  /**
   * Starts the declaration of an Itô equation in Java.
   *
   * @param name names the equation
   */
  public static Builder ito(String name) {
    return new Builder(name, Calculus.ITO);
  }

  /** Starts the declaration of a Stratonovich equation in Java. */
  public static Builder stratonovich(String name) {
    return new Builder(name, Calculus.STRATONOVICH);
  }

  /** Collects a declaration; parameters and states come before the functions that read them. */
  public static final class Builder {
    private final String name;
    private final Calculus calculus;
    private final List<String> parameters = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private final List<Expr> initial = new ArrayList<>();
    private final Map<String, Expr> observables = new LinkedHashMap<>();
    private Expr drift;

    private Builder(String name, Calculus calculus) {
      this.name = name;
      this.calculus = calculus;
    }

    /** Declares scalar parameters. */
    public Builder parameters(String... names) {
      parameters.addAll(List.of(names));
      return this;
    }

    /**
     * Declares the elements of a vector, or of a matrix row by row, that functions read as {@code
     * Expr.param(array, shape)}.
     */
    public Builder parameter(String array, Shape shape) {
      for (int i = 0; i < shape.size(); i++) {
        parameters.add(array + "[" + i + "]");
      }
      return this;
    }

    /** Declares a state that starts at a function of the parameters. */
    public Builder state(String state, Expr start) {
      states.add(state);
      initial.add(start);
      return this;
    }

    /** Declares f(t, y). */
    public Builder drift(BiFunction<Expr, Expr, Expr> f) {
      drift = f.apply(TIME, Sde.state(states.size()));
      return this;
    }

    /** Declares a named function of the state; states are observable under their own names. */
    public Builder observable(String observable, Function<Expr, Expr> function) {
      observables.put(observable, function.apply(Sde.state(states.size())));
      return this;
    }

    /** Declares a diagonal g(t, y), a vector of n, and finishes. */
    public Sde diagonal(BiFunction<Expr, Expr, Expr> g) {
      return build(NoiseType.DIAGONAL, g.apply(TIME, Sde.state(states.size())));
    }

    /** Declares g(t, y), an n x m matrix, of the given structure, and finishes. */
    public Sde diffusion(NoiseType noise, BiFunction<Expr, Expr, Expr> g) {
      return build(noise, g.apply(TIME, Sde.state(states.size())));
    }

    private Sde build(NoiseType noise, Expr diffusion) {
      Map<String, Expr> all = new LinkedHashMap<>();
      for (int i = 0; i < states.size(); i++) {
        all.put(states.get(i), Sde.state(states.size()).get(i));
      }
      all.putAll(observables);
      int channels = noise == NoiseType.DIAGONAL ? states.size() : diffusion.shape().columns();
      Expr f = drift != null ? drift : Expr.vector(new double[states.size()]);
      return new Sde(
          name,
          calculus,
          noise,
          states,
          channels,
          parameters,
          Expr.concat(initial).reshape(Shape.vector(states.size())),
          f.reshape(Shape.vector(states.size())),
          diffusion,
          all);
    }
  }
}
