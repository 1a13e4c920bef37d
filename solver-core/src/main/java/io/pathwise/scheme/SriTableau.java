package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;

/**
 * The coefficients of an explicit stochastic Runge-Kutta method for diagonal and scalar noise
 * (Rößler 2010, "Runge-Kutta methods for the strong approximation of solutions of stochastic
 * differential equations", section 6.2: SRI), and its step.
 *
 * @param c0 the times of the drift stages in steps
 * @param c1 the times of the diffusion stages
 * @param a0 the weights of earlier drifts in a drift stage: row s has s entries
 * @param a1 the same in a diffusion stage
 * @param b0 the weights of earlier g I_(1,0)/dt in a drift stage
 * @param b1 the weights of earlier g sqrt(dt) in a diffusion stage
 * @param alpha the weights of the drifts in the result
 * @param beta1 the weights of g I_(1)
 * @param beta2 the weights of g I_(1,1)/sqrt(dt)
 * @param beta3 the weights of g I_(1,0)/dt
 * @param beta4 the weights of g I_(1,1,1)/dt
 */
record SriTableau(
    double[] c0,
    double[] c1,
    double[][] a0,
    double[][] a1,
    double[][] b0,
    double[][] b1,
    double[] alpha,
    double[] beta1,
    double[] beta2,
    double[] beta3,
    double[] beta4) {

  /** The order of the distance between {@link #step} and {@link #embedded}. */
  private static final double EMBEDDED = 1.5;

  /** The state after a step that knows the space-time area. */
  Expr step(Sde sde, Step step) {
    Expr w = channel(sde, step.dW());
    Expr integral = channel(sde, step.meanIncrement());
    Expr second = second(w);
    Expr third = w.square().over(Step.DT).minus(3).times(w).times(1.0 / 6);
    Stages stages = stages(sde, step);
    Expr next = sde.state();
    for (int s = 0; s < alpha.length; s++) {
      Expr weight =
          w.times(beta1[s])
              .plus(second.times(beta2[s]))
              .plus(integral.times(beta3[s]))
              .plus(third.times(beta4[s]));
      next = next.plus(stages.drifts().get(s).times(alpha[s]).times(Step.DT));
      next = next.plus(stages.diffusions().get(s).times(weight));
    }
    return next;
  }

  /**
   * The method of strong order 1 that the stages hold: without the terms of I_(1,0) and I_(1,1,1),
   * whose weights and first moments vanish, as the conditions of order 1 have it (Rackauckas and
   * Nie 2017, "Adaptive methods for stochastic differential equations via natural embeddings and
   * rejection sampling with memory"), and with the drift of the first stage alone.
   */
  Embedded embedded(Sde sde, Step step) {
    Expr w = channel(sde, step.dW());
    Stages stages = stages(sde, step);
    Expr next = sde.state().plus(stages.drifts().get(0).times(Step.DT));
    for (int s = 0; s < beta1.length; s++) {
      Expr weight = w.times(beta1[s]).plus(second(w).times(beta2[s]));
      next = next.plus(stages.diffusions().get(s).times(weight));
    }
    return new Embedded(next, EMBEDDED);
  }

  /** What the coefficients are at each stage. */
  private record Stages(List<Expr> drifts, List<Expr> diffusions) {}

  /** The only channel of scalar noise, which all states share, or all. */
  private static Expr channel(Sde sde, Expr channels) {
    return sde.noise() == NoiseType.SCALAR ? channels.get(0) : channels;
  }

  /** I_(1,1) / sqrt(dt). */
  private static Expr second(Expr w) {
    return w.square().minus(Step.DT).times(0.5).over(Step.DT.sqrt());
  }

  private Stages stages(Sde sde, Step step) {
    Expr integral = channel(sde, step.meanIncrement());
    Expr root = Step.DT.sqrt();
    Expr y = sde.state();
    List<Expr> drifts = new ArrayList<>();
    List<Expr> diffusions = new ArrayList<>();
    for (int s = 0; s < alpha.length; s++) {
      Expr stage0 = y.plus(weighted(a0[s], drifts).times(Step.DT));
      stage0 = stage0.plus(weighted(b0[s], diffusions).times(integral));
      Expr stage1 = y.plus(weighted(a1[s], drifts).times(Step.DT));
      stage1 = stage1.plus(weighted(b1[s], diffusions).times(root));
      drifts.add(sde.drift(step.time(c0[s]), stage0));
      Expr g = sde.diffusion(step.time(c1[s]), stage1);
      diffusions.add(g.reshape(Shape.vector(sde.states().size())));
    }
    return new Stages(drifts, diffusions);
  }

  private static Expr weighted(double[] weights, List<Expr> values) {
    Expr sum = Expr.ZERO;
    for (int j = 0; j < weights.length; j++) {
      sum = sum.plus(values.get(j).times(weights[j]));
    }
    return sum;
  }
}
