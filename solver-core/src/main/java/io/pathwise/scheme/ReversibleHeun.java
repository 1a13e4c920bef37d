package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reversible Heun: a step that can be undone exactly, so that states need not be stored for a
 * gradient, at one drift and one diffusion a step where their last values are kept. It carries a
 * second copy z of the state: z' = 2 y - z + f(z) dt + g(z) dW, y' = y + (f(z) + f(z')) dt / 2 +
 * (g(z) + g(z')) dW / 2. Strong order 1 for additive noise and where channels commute, 1/2
 * elsewhere; weak order 1, and 2 for additive noise (Kidger, Foster, Li and Lyons 2021, "Efficient and accurate gradients
 * for neural SDEs", algorithm 1).
 */
public final class ReversibleHeun implements Scheme {

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

  @Override
  public List<Auxiliary> auxiliaries(Sde sde) {
    List<Auxiliary> copies = new ArrayList<>();
    for (int i = 0; i < sde.states().size(); i++) {
      copies.add(new Auxiliary("z:" + sde.states().get(i), sde.initial().get(i)));
    }
    return copies;
  }

  @Override
  public Expr step(Sde sde, Step step) {
    Shape states = Shape.vector(sde.states().size());
    Expr y = state(sde).slice(0, states);
    Expr z = state(sde).slice(sde.states().size(), states);
    Expr start = slope(sde, step, Sde.TIME, z);
    Expr next = y.times(2).minus(z).plus(start);
    Expr end = slope(sde, step, Sde.TIME.plus(Step.DT), next);
    return Expr.concat(List.of(y.plus(start.plus(end).times(0.5)), next));
  }

  /** f dt + g dW at a time and a state. */
  private static Expr slope(Sde sde, Step step, Expr t, Expr y) {
    return sde.drift(t, y).times(Step.DT).plus(sde.diffuse(sde.diffusion(t, y), step.dW()));
  }
}
