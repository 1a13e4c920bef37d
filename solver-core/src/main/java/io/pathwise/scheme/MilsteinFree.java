package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Set;

/**
 * Milstein without derivatives of g, for diagonal, scalar and additive noise: (g . grad) g is the
 * difference quotient (g(y') - g(y)) / sqrt(dt) with y' = y + f dt + g sqrt(dt), in Stratonovich
 * calculus y' = y + g sqrt(dt) (Kloeden and Platen 1992, section 11.1). Strong and weak order 1.
 */
public final class MilsteinFree implements Scheme {

  @Override
  public String name() {
    return "milstein-free";
  }

  @Override
  public String description() {
    return "Milstein with a difference quotient for the derivative of g (Kloeden-Platen 1992, 11.1)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return 1.0;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return 1.0;
  }

  @Override
  public Set<Calculus> calculi() {
    return EnumSet.allOf(Calculus.class);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.of(NoiseType.DIAGONAL, NoiseType.SCALAR, NoiseType.ADDITIVE);
  }

  @Override
  public Expr step(Sde sde, Step step) {
    Expr y = sde.state();
    Expr drift = sde.drift().times(Step.DT);
    Expr euler = y.plus(drift).plus(sde.diffuse(step.dW()));
    if (sde.noise() == NoiseType.ADDITIVE) {
      return euler;
    }
    boolean ito = sde.calculus() == Calculus.ITO;
    Shape vector = Shape.vector(sde.states().size());
    Expr root = Step.DT.sqrt();
    Expr g = sde.diffusion().reshape(vector);
    Expr support = (ito ? y.plus(drift) : y).plus(g.times(root));
    Expr quotient = sde.diffusion(Sde.TIME, support).reshape(vector).minus(g).over(root);
    Expr increment = sde.noise() == NoiseType.SCALAR ? step.dW().get(0) : step.dW();
    Expr square = increment.square();
    return euler.plus(quotient.times(0.5).times(ito ? square.minus(Step.DT) : square));
  }
}
