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
 * @param tree the step of paths that choose their sizes; then {@code step} is that of the grid, for
 *     a rough walk, and its last states are those of the control
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
    Optional<TreeStep> tree) {

  /** Freezes the lists and checks that the state extents agree. */
  public PathProgram {
    gradient = List.copyOf(gradient);
    stateNames = List.copyOf(stateNames);
    initial = List.copyOf(initial);
    step = List.copyOf(step);
    functionals = List.copyOf(functionals);
    outputs = List.copyOf(outputs);
    if (initial.size() != step.size() || stateNames.size() != step.size()) {
      throw new IllegalArgumentException(
          initial.size()
              + " initial values and "
              + stateNames.size()
              + " names for "
              + step.size()
              + " states");
    }
  }

  /** A program whose paths all step over the grid. */
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
        Optional.empty());
  }

  /** The state after a step, in the precision of the program. */
  public List<Expr> roundedStep() {
    return precision.round(step);
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
    functionals.forEach(f -> all.addAll(List.of(Expr.of(f.initial()), f.update())));
    outputs.forEach(o -> all.addAll(List.of(o.value(), Expr.of(o.differentiated() ? 1 : 0))));
    gradient.forEach(name -> all.add(Expr.param(name)));
    all.add(Expr.of(channels));
    all.add(Expr.of(noiseSets));
    tree.ifPresent(t -> all.addAll(t.expressions()));
    if (precision != Precision.DOUBLE) {
      all.add(Expr.leaf(Leaf.LANE, precision.name()));
    }
    return Graph.digest(all);
  }
}
