package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reversible Heun: a step that can be undone exactly, so that states need not be stored for a
 * gradient, at one drift and one diffusion a step where their last values are kept. It carries a
 * second copy z of the state: z' = 2 y - z + f(z) dt + g(z) dW, y' = y + (f(z) + f(z')) dt / 2 +
 * (g(z) + g(z')) dW / 2. Strong order 1 for additive noise and where channels commute, 1/2
 * elsewhere; weak order 1, and 2 for additive noise (Kidger, Foster, Li and Lyons 2021, "Efficient
 * and accurate gradients for neural SDEs", algorithm 1). It is stable on no dissipative equation:
 * errors grow along a long path.
 */
public final class ReversibleHeun implements Scheme {
  private final boolean keeping;

  /** The method; it keeps f and g where that pays. */
  public ReversibleHeun() {
    this(true);
  }

  private ReversibleHeun(boolean keeping) {
    this.keeping = keeping;
  }

  /** The same method, which carries nothing but z. */
  static ReversibleHeun recomputing() {
    return new ReversibleHeun(false);
  }

  /** Operations for each of their elements above which values of f and g are kept. */
  private static final long WORTH_KEEPING = 4;

  @Override
  public String name() {
    return "reversible-heun";
  }

  @Override
  public String description() {
    return "Reversible Heun: can be run backwards exactly, for gradients without storage (Kidger et al. 2021)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return noise == NoiseType.GENERAL ? 0.5 : 1.0;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return noise == NoiseType.ADDITIVE ? 2.0 : 1.0;
  }

  @Override
  public Set<Calculus> calculi() {
    return EnumSet.of(Calculus.STRATONOVICH);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.allOf(NoiseType.class);
  }

  /** The copy z; then, where they are kept, the elements of f(z) and of g(z). */
  @Override
  public List<Auxiliary> auxiliaries(Sde sde) {
    List<Auxiliary> carried = new ArrayList<>();
    for (int i = 0; i < sde.states().size(); i++) {
      carried.add(new Auxiliary("z:" + sde.states().get(i), sde.initial().get(i)));
    }
    if (keepsValues(sde)) {
      add(carried, "f", sde.drift(Expr.ZERO, sde.initial()));
      add(carried, "g", sde.diffusion(Expr.ZERO, sde.initial()));
    }
    return carried;
  }

  private static void add(List<Auxiliary> carried, String name, Expr values) {
    for (int i = 0; i < values.shape().size(); i++) {
      carried.add(new Auxiliary(name + ":" + i, values.get(i)));
    }
  }

  /**
   * Whether f and g at the end of a step are kept for the next: where they cost more than an array,
   * and are the same in both steps, which those are not that read the mean of a curve over a step
   * or what a path brings along for a date.
   */
  private boolean keepsValues(Sde sde) {
    List<Expr> nodes = Graph.topological(List.of(sde.drift(), sde.diffusion()));
    boolean changing =
        nodes.stream()
            .anyMatch(
                node ->
                    (node.leaf() == Leaf.STEP && !node.equals(Sde.TIME))
                        || node.leaf() == Leaf.INPUT);
    long work =
        nodes.stream()
            .filter(node -> node.varying() && node.op() != Op.LEAF)
            .mapToLong(node -> node.shape().size())
            .sum();
    return keeping
        && !changing
        && work > WORTH_KEEPING * (sde.drift().shape().size() + sde.diffusion().shape().size());
  }

  @Override
  public Expr step(Sde sde, Step step) {
    Shape states = Shape.vector(sde.states().size());
    boolean kept = keepsValues(sde);
    Expr before = state(sde);
    Expr y = before.slice(0, states);
    Expr z = before.slice(states.size(), states);
    Expr f = kept ? before.slice(2 * states.size(), states) : sde.drift(Sde.TIME, z);
    Expr g =
        kept
            ? before.slice(3 * states.size(), sde.diffusion().shape())
            : sde.diffusion(Sde.TIME, z);
    Expr start = slope(sde, step, f, g);
    Expr next = y.times(2).minus(z).plus(start);
    Expr t = Sde.TIME.plus(Step.DT);
    Expr nextF = sde.drift(t, next);
    Expr nextG = sde.diffusion(t, next);
    Expr average = start.plus(slope(sde, step, nextF, nextG)).times(0.5);
    List<Expr> after = new ArrayList<>(List.of(y.plus(average), next));
    if (kept) {
      after.addAll(List.of(nextF, nextG));
    }
    return Expr.concat(after);
  }

  /** The step backward in time (Kidger, Foster, Li and Lyons 2021, algorithm 2). */
  @Override
  public Optional<Expr> inverse(Sde sde, Step step) {
    Shape states = Shape.vector(sde.states().size());
    boolean kept = keepsValues(sde);
    Expr after = state(sde);
    Expr y = after.slice(0, states);
    Expr z = after.slice(states.size(), states);
    Expr t = Sde.TIME.plus(Step.DT);
    Expr f = kept ? after.slice(2 * states.size(), states) : sde.drift(t, z);
    Expr g = kept ? after.slice(3 * states.size(), sde.diffusion().shape()) : sde.diffusion(t, z);
    Expr end = slope(sde, step, f, g);
    Expr start = y.times(2).minus(z).minus(end);
    Expr startF = sde.drift(Sde.TIME, start);
    Expr startG = sde.diffusion(Sde.TIME, start);
    Expr average = slope(sde, step, startF, startG).plus(end).times(0.5);
    List<Expr> before = new ArrayList<>(List.of(y.minus(average), start));
    if (kept) {
      before.addAll(List.of(startF, startG));
    }
    return Optional.of(Expr.concat(before));
  }

  /** f dt + g dW. */
  private static Expr slope(Sde sde, Step step, Expr f, Expr g) {
    return f.times(Step.DT).plus(sde.diffuse(g, step.dW()));
  }
}
