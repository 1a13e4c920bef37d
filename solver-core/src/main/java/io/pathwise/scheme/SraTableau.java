package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;

/**
 * The coefficients of an explicit stochastic Runge-Kutta method for additive noise (Rößler 2010,
 * "Runge-Kutta methods for the strong approximation of solutions of stochastic differential
 * equations", section 6.3: SRA), and its step.
 *
 * @param c0 the times of the drift stages in steps
 * @param c1 the times at which g is read
 * @param a0 the weights of earlier drifts in a stage: row s has s entries
 * @param b0 the weights of g I_(1,0)/dt in a stage
 * @param alpha the weights of the drifts in the result
 * @param beta1 the weights of g W
 * @param beta2 the weights of g I_(1,0)/dt
 */
record SraTableau(
    double[] c0,
    double[] c1,
    double[][] a0,
    double[][] b0,
    double[] alpha,
    double[] beta1,
    double[] beta2) {

  /** The order of the distance between {@link #step} and {@link #embedded}. */
  private static final double EMBEDDED = 1.5;

  /** The state after a step that knows the space-time area. */
  Expr step(Sde sde, Step step) {
    Stages stages = stages(sde, step);
    Expr next = sde.state();
    for (int s = 0; s < alpha.length; s++) {
      next = next.plus(stages.drifts().get(s).times(alpha[s]).times(Step.DT));
      if (beta1[s] != 0 || beta2[s] != 0) {
        Expr weight = step.dW().times(beta1[s]).plus(step.meanIncrement().times(beta2[s]));
        next = next.plus(sde.diffuse(stages.diffusions().get(s), weight));
      }
    }
    return next;
  }

  /**
   * The method of strong order 1 that the stages hold: the drift of the first alone, and no terms
   * of I_(1,0), whose weights vanish (Rackauckas and Nie 2017, "Adaptive methods for stochastic
   * differential equations via natural embeddings and rejection sampling with memory").
   */
  Embedded embedded(Sde sde, Step step) {
    Stages stages = stages(sde, step);
    Expr next = sde.state().plus(stages.drifts().get(0).times(Step.DT));
    for (int s = 0; s < beta1.length; s++) {
      if (beta1[s] != 0) {
        next = next.plus(sde.diffuse(stages.diffusions().get(s), step.dW().times(beta1[s])));
      }
    }
    return new Embedded(next, EMBEDDED);
  }

  /** What the coefficients are at each stage. */
  private record Stages(List<Expr> drifts, List<Expr> diffusions) {}

  private Stages stages(Sde sde, Step step) {
    Expr integral = step.meanIncrement();
    Expr y = sde.state();
    List<Expr> drifts = new ArrayList<>();
    List<Expr> diffusions = new ArrayList<>();
    for (int s = 0; s < alpha.length; s++) {
      Expr stage = y;
      for (int j = 0; j < s; j++) {
        stage = stage.plus(drifts.get(j).times(a0[s][j]).times(Step.DT));
        if (b0[s][j] != 0) {
          stage = stage.plus(sde.diffuse(diffusions.get(j), integral.times(b0[s][j])));
        }
      }
      drifts.add(sde.drift(step.time(c0[s]), stage));
      diffusions.add(sde.diffusion(step.time(c1[s]), y));
    }
    return new Stages(drifts, diffusions);
  }
}
