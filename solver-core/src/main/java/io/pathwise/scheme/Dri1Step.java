package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;

/** One step of {@link Dri1}: the coefficients are those of the paper's table for DRI1. */
final class Dri1Step {
  private static final double C1 = 342.0 / 491;
  private static final double B0_2 = (6 - Math.sqrt(6)) / 10;
  private static final double B0_3 = (3 + 2 * Math.sqrt(6)) / 5;
  private static final double B1 = 3 * Math.sqrt(38.0 / 491);
  private static final double B2_1 = 214.0 / 513 * Math.sqrt(1105.0 / 991);
  private static final double B2_2 = 491.0 / 513 * Math.sqrt(221.0 / 4955);
  private static final double BETA1_1 = 193.0 / 684;
  private static final double BETA1_2 = 491.0 / 1368;
  private static final double BETA2 = Math.sqrt(491.0 / 38) / 6;
  private static final double BETA3 = 4955.0 / 14144;
  private static final double BETA4 = Math.sqrt(4955.0 / 221) / 8;

  private final Sde sde;
  private final Step step;
  private final Expr y;
  private final Expr root = Step.DT.sqrt();
  private final Expr drift;
  private final int m;

  Dri1Step(Sde sde, Step step) {
    this.sde = sde;
    this.step = step;
    this.y = sde.state();
    this.drift = sde.drift().times(Step.DT);
    this.m = sde.channels();
  }

  /** Whether a channel's column of g changes along another channel. */
  static boolean interacting(Sde sde) {
    boolean pairs = sde.noise() == NoiseType.GENERAL || sde.noise() == NoiseType.COMMUTATIVE;
    return pairs && sde.channels() > 1;
  }

  /** Order 1 where the antisymmetric part of the double integrals does not count. */
  static double strongOrder(NoiseType noise) {
    return noise == NoiseType.GENERAL ? 0.5 : 1.0;
  }

  Expr next() {
    Expr w = step.dW();
    Expr noise = sde.diffuse(w);
    Expr stage2 = y.plus(drift.times(0.5)).plus(noise.times(B0_2));
    Expr drift2 = sde.drift(step.time(0.5), stage2).times(Step.DT);
    Expr stage3 = y.minus(drift).plus(drift2.times(2)).plus(noise.times(B0_3));
    Expr drift3 = sde.drift(step.time(1), stage3).times(Step.DT);
    Expr next = y.plus(drift.plus(drift3).times(1.0 / 6)).plus(drift2.times(2.0 / 3));
    if (sde.noise() == NoiseType.DIAGONAL) {
      Expr[] g = columns(sde.diffusion());
      return next.plus(alone(g[0], g[1], g[2], w));
    }
    List<Expr[]> stages = new ArrayList<>();
    for (int k = 0; k < m; k++) {
      Expr[] full = columns(sde.channel(k));
      Expr[] g = {full[0], sde.channel(full[1], k), sde.channel(full[2], k)};
      stages.add(g);
      next = next.plus(alone(g[0], g[1], g[2], w.get(k)));
    }
    return interacting(sde) ? next.plus(pairs(stages)) : next;
  }

  /** g_k at the state, and g at the two stages of the channel. */
  private Expr[] columns(Expr g) {
    Expr centre = y.plus(drift.times(C1));
    Expr shift = g.times(root).times(B1);
    Expr time = step.time(C1);
    return new Expr[] {
      g, sde.diffusion(time, centre.plus(shift)), sde.diffusion(time, centre.minus(shift))
    };
  }

  /** What channel k adds by itself. */
  private Expr alone(Expr g1, Expr g2, Expr g3, Expr w) {
    Expr square = w.square().minus(Step.DT).times(0.5).over(root);
    return g1.times(w.times(BETA1_1))
        .plus(g2.plus(g3).times(w.times(BETA1_2)))
        .plus(g2.minus(g3).times(square.times(BETA2)));
  }

  /** What g_k adds at the stages of the other channels l. */
  private Expr pairs(List<Expr[]> stages) {
    Expr sum = Expr.ZERO;
    for (int l = 0; l < m; l++) {
      Expr[] g = stages.get(l);
      Expr shift = g[0].times(B2_1).plus(g[1].plus(g[2]).times(B2_2)).times(root);
      Expr behind = sde.diffusion(Sde.TIME, y.minus(shift));
      Expr ahead = sde.diffusion(Sde.TIME, y.plus(shift));
      for (int k = 0; k < m; k++) {
        if (k != l) {
          Expr back = sde.channel(behind, k);
          Expr front = sde.channel(ahead, k);
          Expr w = step.dW().get(k);
          Expr curvature = back.plus(front).minus(sde.channel(k).times(2)).times(w.times(BETA3));
          Expr slope = front.minus(back).times(doubleIntegral(k, l).over(root).times(BETA4));
          sum = sum.plus(curvature).plus(slope);
        }
      }
    }
    return sum;
  }

  /**
   * The double integral of k and l: W_k W_l / 2 less or plus sqrt(dt)/2 times a variable of
   * +-sqrt(dt).
   */
  private Expr doubleIntegral(int k, int l) {
    Expr product = step.dW().get(k).times(step.dW().get(l));
    Expr sign = step.extra().get(Math.min(k, l)).above(Expr.ZERO).times(2).minus(1);
    Expr swing = sign.times(Step.DT);
    return (k < l ? product.minus(swing) : product.plus(swing)).times(0.5);
  }
}
