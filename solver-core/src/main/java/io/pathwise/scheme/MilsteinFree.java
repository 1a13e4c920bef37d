package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Set;

/**
 * Milstein without derivatives of g, for diagonal, scalar and additive noise: (g . grad) g is a
 * difference quotient. In Itô calculus (g(y') - g(y)) / sqrt(dt) with y' = y + f dt + g sqrt(dt)
 * (Kloeden and Platen 1992, section 11.1). Strong and weak order 1.
 *
 * <p>In Stratonovich calculus the quotient is multiplied by W^2 / 2, whose mean is not 0, so that
 * of a one-sided quotient the error of size sqrt(dt) would accumulate to order 1/2 where g is not
 * linear; a symmetric one, (g(y + g sqrt(dt)) - g(y - g sqrt(dt))) / (2 sqrt(dt)), keeps order 1.
 */
public final class MilsteinFree implements Scheme {
  private final boolean oneSided;

  /** The scheme, symmetric in Stratonovich calculus. */
  public MilsteinFree() {
    this(false);
  }

  /**
   * A variant.
   *
   * @param oneSided whether the quotient is (g(y + g sqrt(dt)) - g(y)) / sqrt(dt) in Stratonovich
   *     calculus too, as in torchsde: of order 1/2 there
   */
  MilsteinFree(boolean oneSided) {
    this.oneSided = oneSided;
  }

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
    Expr increment = sde.noise() == NoiseType.SCALAR ? step.dW().get(0) : step.dW();
    Expr square = increment.square();
    boolean ito = sde.calculus() == Calculus.ITO;
    Expr quotient = ito ? oneSided(sde, y.plus(drift)) : oneSided ? oneSided(sde, y) : central(sde);
    return euler.plus(quotient.times(0.5).times(ito ? square.minus(Step.DT) : square));
  }

  private static Expr column(Sde sde, Expr g) {
    return g.reshape(Shape.vector(sde.states().size()));
  }

  /** (g(base + g sqrt(dt)) - g(y)) / sqrt(dt). */
  private static Expr oneSided(Sde sde, Expr base) {
    Expr root = Step.DT.sqrt();
    Expr g = column(sde, sde.diffusion());
    Expr shifted = sde.diffusion(Sde.TIME, base.plus(g.times(root)));
    return column(sde, shifted).minus(g).over(root);
  }

  /** (g(y + g sqrt(dt)) - g(y - g sqrt(dt))) / (2 sqrt(dt)). */
  private static Expr central(Sde sde) {
    Expr root = Step.DT.sqrt();
    Expr shift = column(sde, sde.diffusion()).times(root);
    Expr ahead = sde.diffusion(Sde.TIME, sde.state().plus(shift));
    Expr behind = sde.diffusion(Sde.TIME, sde.state().minus(shift));
    return column(sde, ahead).minus(column(sde, behind)).times(0.5).over(root);
  }
}
