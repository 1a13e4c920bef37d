package io.pathwise.adjoint;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Reverse;
import io.pathwise.expr.Scalarise;
import io.pathwise.kernel.Backward;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.scheme.Step;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The stochastic adjoint (Li, Wong, Chen and Duvenaud 2020, "Scalable gradients for stochastic
 * differential equations", theorem 3.1): the state y, its adjoint l and the derivatives b in the
 * parameters solve dy = f dt + g o dW, dl = -(df/dy)' l dt - (dg/dy)' l o dW and db = -(df/dp)' l
 * dt - (dg/dp)' l o dW backward in time, on the same Brownian path, in Stratonovich form. A step is
 * one of Heun's method.
 */
public final class Backsolve {
  private final Sde sde;
  private final Step step;
  private final List<Expr> parameters;
  private final Expr adjoint;

  private Backsolve(Sde sde, Step step, List<String> gradient) {
    this.sde = sde.toStratonovich();
    this.step = step;
    this.parameters = gradient.stream().map(Expr::param).toList();
    this.adjoint =
        Expr.concat(
            IntStream.range(0, sde.states().size()).mapToObj(ProgramFragments::adjoint).toList());
  }

  /** The state, the adjoint and the derivatives at a point, or by how much they move. */
  private record Point(Expr y, Expr l, List<Expr> b) {}

  /**
   * The backward step of an equation of either calculus.
   *
   * @param step the step whose increments the path took
   * @param gradient the parameters to differentiate in
   * @return graphs of n states, which an auxiliary of a scheme may follow
   */
  public static Backward of(Sde sde, Step step, List<String> gradient) {
    return new Backsolve(sde, step, gradient).backward();
  }

  private Backward backward() {
    Expr y = sde.state();
    Point end = slope(Sde.TIME.plus(Step.DT), y, adjoint);
    Point start = slope(Sde.TIME, y.minus(end.y()), adjoint.plus(end.l()));
    List<Expr> bars = new ArrayList<>();
    for (int p = 0; p < parameters.size(); p++) {
      bars.add(end.b().get(p).plus(start.b().get(p)).times(0.5));
    }
    return new Backward(
        Scalarise.scalars(List.of(y.minus(end.y().plus(start.y()).times(0.5)))),
        Scalarise.scalars(List.of(adjoint.plus(end.l().plus(start.l()).times(0.5)))),
        Scalarise.scalars(bars));
  }

  /** By how much a step moves y forward, and l and b backward, with the slopes at a point. */
  private Point slope(Expr t, Expr y, Expr l) {
    Expr at = Expr.leaf(Leaf.LANE, "at", sde.state().shape());
    Expr move = sde.drift(t, at).times(Step.DT).plus(sde.diffuse(sde.diffusion(t, at), step.dW()));
    List<Expr> inputs = new ArrayList<>(List.of(at));
    inputs.addAll(parameters);
    Expr seed = Expr.leaf(Leaf.LANE, "seed", sde.state().shape());
    List<Expr> pulled = Reverse.gradient(List.of(move), List.of(seed), inputs);
    List<Expr> all = new ArrayList<>(List.of(move));
    all.addAll(pulled);
    List<Expr> placed = Graph.substitute(all, Map.of(at, y, seed, l));
    return new Point(placed.get(0), placed.get(1), placed.subList(2, placed.size()));
  }
}
