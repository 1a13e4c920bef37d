package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Drift-implicit Euler for stiff drift: y' = y + f(t + dt, y') dt + g dW (Kloeden and Platen 1992,
 * section 12.2). Strong order 1/2 (1 for additive noise), weak order 1.
 *
 * <p>Newton's method on the traced Jacobian of f, {@link DriftImplicit#ITERATIONS} iterations
 * unrolled, whose linear systems are solved per path: for at most {@link
 * io.pathwise.expr.LinearSolve#LARGEST} states.
 */
public final class ImplicitEuler implements Scheme {

  @Override
  public String name() {
    return "implicit-euler";
  }

  @Override
  public String description() {
    return "drift-implicit Euler for stiff drift, Newton on the traced Jacobian (Kloeden-Platen 1992, 12.2)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return noise == NoiseType.ADDITIVE ? 1.0 : 0.5;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return 1.0;
  }

  @Override
  public Set<Calculus> calculi() {
    return EnumSet.of(Calculus.ITO);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.allOf(NoiseType.class);
  }

  @Override
  public Optional<String> missingStructure(Sde sde) {
    return DriftImplicit.tooLarge(sde);
  }

  @Override
  public Expr step(Sde sde, Step step) {
    return DriftImplicit.solve(sde, sde.state().plus(sde.diffuse(step.dW())));
  }
}
