package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Shape;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a backend compiles: the traced graphs of one path, without grid, seeds or strikes, which
 * come as data.
 *
 * @param precision the numbers a path is computed with
 * @param gradient the parameters to differentiate in, in order; empty for none
 * @param stateNames the names of the n states, for messages
 * @param channels the normals that a grid step draws: those of the Brownian channels and of what
 *     else its scheme asks for
 * @param noiseSets 1 if a step reads the normals of one grid step, 2 if it spans two of them
 * @param initial the state at time 0, n scalars of parameters
 * @param step the state after a step, n scalars
 * @param functionals templates of path functionals
 * @param outputs templates of outputs
 * @param preparations templates of what prepares the noise of a whole path; empty where normals are
 *     drawn step by step
 * @param tree the step of paths that choose their sizes; then {@code step} is that of the grid, for
 *     a rough walk, and its last states are those of the control
 * @param curves the term structures among the differentiated parameters
 * @param inputs what paths bring along: vectors, see {@link Recurrence#input}
 * @param recurrences what is made of it before the first step
 * @param backward how a sweep goes backward; empty where it reads states and normals that were kept
 */
public record PathProgram(
    Precision precision,
    List<String> gradient,
    List<String> stateNames,
    int channels,
    int noiseSets,
    List<Expr> initial,
    List<Expr> step,
    List<Functional> functionals,
    List<Output> outputs,
    List<Preparation> preparations,
    Optional<TreeStep> tree,
    List<CurveNodes> curves,
    List<Expr> inputs,
    List<Recurrence> recurrences,
    Optional<Backward> backward) {

  /** Freezes the lists and checks that the state extents agree. */
  public PathProgram {
    gradient = List.copyOf(gradient);
    stateNames = List.copyOf(stateNames);
    initial = List.copyOf(initial);
    step = List.copyOf(step);
    functionals = List.copyOf(functionals);
    outputs = List.copyOf(outputs);
    preparations = List.copyOf(preparations);
    curves = List.copyOf(curves);
    inputs = List.copyOf(inputs);
    recurrences = List.copyOf(recurrences);
    if (initial.size() != step.size() || stateNames.size() != step.size()) {
      throw new IllegalArgumentException(
          initial.size()
              + " initial values and "
              + stateNames.size()
              + " names for "
              + step.size()
              + " states");
    }
    for (Output output : outputs) {
      if (!output.tangents().isEmpty() && output.tangents().size() != gradient.size()) {
        throw new IllegalArgumentException(
            output.name()
                + ": "
                + output.tangents().size()
                + " tangents for "
                + gradient.size()
                + " parameters");
      }
    }
  }

  /** A program whose sweeps read what was kept. */
  public PathProgram(
      Precision precision,
      List<String> gradient,
      List<String> stateNames,
      int channels,
      int noiseSets,
      List<Expr> initial,
      List<Expr> step,
      List<Functional> functionals,
      List<Output> outputs,
      List<Preparation> preparations,
      Optional<TreeStep> tree,
      List<CurveNodes> curves,
      List<Expr> inputs,
      List<Recurrence> recurrences) {
    this(
        precision,
        gradient,
        stateNames,
        channels,
        noiseSets,
        initial,
        step,
        functionals,
        outputs,
        preparations,
        tree,
        curves,
        inputs,
        recurrences,
        Optional.empty());
  }

  /** A program whose normals are drawn step by step, and whose paths all step over the grid. */
  public PathProgram(
      Precision precision,
      List<String> gradient,
      List<String> stateNames,
      int channels,
      int noiseSets,
      List<Expr> initial,
      List<Expr> step,
      List<Functional> functionals,
      List<Output> outputs) {
    this(
        precision,
        gradient,
        stateNames,
        channels,
        noiseSets,
        initial,
        step,
        functionals,
        outputs,
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  /** The same program with other states, such as more of them. */
  public PathProgram withStates(List<String> names, List<Expr> start, List<Expr> next) {
    return copy(
        gradient,
        names,
        start,
        next,
        functionals,
        outputs,
        preparations,
        curves,
        inputs,
        recurrences);
  }

  /** The same program with other functionals, which the same slots read. */
  public PathProgram withFunctionals(List<Functional> others) {
    return copy(
        gradient,
        stateNames,
        initial,
        step,
        others,
        outputs,
        preparations,
        curves,
        inputs,
        recurrences);
  }

  /** The same program with other outputs, differentiated in these parameters. */
  public PathProgram withOutputs(List<String> parameters, List<Output> others) {
    return copy(
        parameters,
        stateNames,
        initial,
        step,
        functionals,
        others,
        preparations,
        curves,
        inputs,
        recurrences);
  }

  /** The same program on noise that these templates prepare. */
  public PathProgram prepared(List<Preparation> templates) {
    return copy(
        gradient,
        stateNames,
        initial,
        step,
        functionals,
        outputs,
        templates,
        curves,
        inputs,
        recurrences);
  }

  /** The same program, of whose differentiated parameters some are nodes of term structures. */
  public PathProgram withCurves(List<CurveNodes> nodes) {
    return copy(
        gradient,
        stateNames,
        initial,
        step,
        functionals,
        outputs,
        preparations,
        nodes,
        inputs,
        recurrences);
  }

  /** The same program, which reads what paths bring along and what is made of it. */
  public PathProgram bringing(List<Expr> brought, List<Recurrence> made) {
    return copy(
        gradient,
        stateNames,
        initial,
        step,
        functionals,
        outputs,
        preparations,
        curves,
        brought,
        made);
  }

  private PathProgram copy(
      List<String> newGradient,
      List<String> newNames,
      List<Expr> newInitial,
      List<Expr> newStep,
      List<Functional> newFunctionals,
      List<Output> newOutputs,
      List<Preparation> newPreparations,
      List<CurveNodes> newCurves,
      List<Expr> newInputs,
      List<Recurrence> newRecurrences) {
    return new PathProgram(
        precision,
        newGradient,
        newNames,
        channels,
        noiseSets,
        newInitial,
        newStep,
        newFunctionals,
        newOutputs,
        newPreparations,
        tree,
        newCurves,
        newInputs,
        newRecurrences,
        backward);
  }

  /** The same program with sweeps that go backward in this way. */
  public PathProgram backward(Backward way) {
    return new PathProgram(
        precision,
        gradient,
        stateNames,
        channels,
        noiseSets,
        initial,
        step,
        functionals,
        outputs,
        preparations,
        tree,
        curves,
        inputs,
        recurrences,
        Optional.of(way));
  }

  /** The state at time 0: where paths start at different values in the precision of the program. */
  public List<Expr> roundedInitial() {
    return startsApart() ? precision.round(initial) : initial;
  }

  /** The value of recurrence r at a date, in the precision of the program. */
  public List<Expr> roundedRecurrence(int r) {
    return precision.round(recurrences.get(r).scalars());
  }

  /** Whether paths bring something along. */
  public boolean brings() {
    return !inputs.isEmpty();
  }

  /** Whether paths start at different values. */
  public boolean startsApart() {
    return initial.stream().anyMatch(Expr::varying);
  }

  /** The scalar leaves of what paths bring along, then of the values of recurrences. */
  public List<Expr> inputLeaves() {
    List<Expr> leaves = new ArrayList<>();
    inputs.forEach(input -> leaves.addAll(Recurrence.elements(input)));
    leaves.addAll(recurrenceLeaves());
    return leaves;
  }

  /** The scalar leaves of the values of recurrences. */
  public List<Expr> recurrenceLeaves() {
    List<Expr> leaves = new ArrayList<>();
    recurrences.forEach(r -> leaves.addAll(Recurrence.elements(r.value())));
    return leaves;
  }

  /** Whether the noise of a path is prepared before its first step. */
  public boolean prepared() {
    return !preparations.isEmpty();
  }

  /** The leaves of the normals that a step reads, set by set and channel by channel. */
  public List<Expr> normalLeaves() {
    List<Expr> leaves = new ArrayList<>();
    for (int set = 0; set < noiseSets; set++) {
      for (int c = 0; c < channels; c++) {
        leaves.add(normalLeaf(set, c));
      }
    }
    return leaves;
  }

  /** The state after a step, in the precision of the program. */
  public List<Expr> roundedStep() {
    return precision.round(step);
  }

  /** Whether derivatives of outputs take a reverse sweep. */
  public boolean swept() {
    return !gradient.isEmpty() && outputs.stream().anyMatch(Output::swept);
  }

  /** The number of values that the functional in the k-th slot of an output has at most. */
  int components() {
    return functionals.stream().mapToInt(Functional::components).max().orElse(0);
  }

  /** The number of states. */
  public int states() {
    return step.size();
  }

  /** State i at the start of a step or at an event. */
  public static Expr state(int i) {
    return Expr.leaf(Leaf.STATE, "y[" + i + "]");
  }

  /** The standard normals of noise set k, a vector of m. */
  public static Expr noise(int set, int channels) {
    return Expr.leaf(Leaf.NOISE, set == 0 ? "z" : "z" + set, Shape.vector(channels));
  }

  /** The standard normal of one channel of noise set k. */
  public static Expr normalLeaf(int set, int channel) {
    return Expr.leaf(Leaf.NOISE, (set == 0 ? "z" : "z" + set) + "[" + channel + "]");
  }

  /** Grid steps whose normals are drawn together: pairs share a random block for odd m. */
  public int granule() {
    return noiseSets == 2 || channels % 2 == 1 ? 2 : 1;
  }

  /** A digest of everything the program computes: 32 hexadecimal digits. */
  public String digest() {
    List<Expr> all = new ArrayList<>(initial);
    all.addAll(step);
    for (Functional functional : functionals) {
      functional.initial().forEach(value -> all.add(Expr.of(value)));
      all.addAll(functional.update());
    }
    for (Output output : outputs) {
      all.addAll(List.of(output.value(), Expr.of(output.differentiated() ? 1 : 0)));
      all.addAll(output.tangents());
    }
    gradient.forEach(name -> all.add(Expr.param(name)));
    all.add(Expr.of(channels));
    all.add(Expr.of(noiseSets));
    for (Preparation preparation : preparations) {
      all.add(Expr.leaf(Leaf.LANE, preparation.name()));
      all.add(Expr.of(preparation.values().size()));
      all.addAll(preparation.values());
    }
    tree.ifPresent(t -> all.addAll(t.expressions()));
    for (CurveNodes curve : curves) {
      all.addAll(curve.touched());
      all.add(Expr.of(curve.first()));
      all.add(Expr.of(curve.nodes()));
    }
    all.addAll(inputs);
    for (Recurrence recurrence : recurrences) {
      all.add(recurrence.value());
      all.add(recurrence.step());
    }
    backward.ifPresent(way -> all.addAll(way.expressions()));
    if (precision != Precision.DOUBLE) {
      all.add(Expr.leaf(Leaf.LANE, precision.name()));
    }
    return Graph.digest(all);
  }
}
