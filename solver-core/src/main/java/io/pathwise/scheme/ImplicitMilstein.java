package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Drift-implicit Milstein for stiff drift: {@link Milstein} with f(t + dt, y') in place of f(t, y)
 * (Kloeden and Platen 1992, section 12.2). Strong and weak order 1 for every noise type.
 *
 * <p>Newton's method on the traced Jacobian of f, {@link DriftImplicit#ITERATIONS} iterations
 * unrolled, whose linear systems are solved per path: for at most {@link
 * io.pathwise.expr.LinearSolve#LARGEST} states.
 */
public final class ImplicitMilstein implements Scheme {

  @Override
  public String name() {
    return "implicit-milstein";
  }

  @Override
  public String description() {
    return "drift-implicit Milstein for stiff drift, strong order 1 (Kloeden-Platen 1992, 12.2)";
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
    return EnumSet.allOf(NoiseType.class);
  }

  @Override
  public Set<LevyTerm> levyTerms(Sde sde) {
    return IteratedIntegrals.levyTerms(sde);
  }

  @Override
  public Optional<String> missingStructure(Sde sde) {
    return DriftImplicit.tooLarge(sde);
  }

  @Override
  public Expr step(Sde sde, Step step) {
    Expr noise = sde.diffuse(step.dW()).plus(IteratedIntegrals.secondOrder(sde, step));
    return DriftImplicit.solve(sde, sde.state().plus(noise));
  }
}
