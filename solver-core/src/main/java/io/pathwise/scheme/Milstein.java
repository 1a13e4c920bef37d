package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Forward;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Milstein for diagonal, scalar and additive noise: Euler-Maruyama plus 1/2 (g . grad) g (dW^2 -
 * dt), in Stratonovich calculus 1/2 (g . grad) g dW^2. Strong and weak order 1 (Kloeden and Platen
 * 1992, section 10.3). The derivative of g along g comes from forward differentiation of the graph.
 */
public final class Milstein implements Scheme {

  @Override
  public String name() {
    return "milstein";
  }

  @Override
  public String description() {
    return "Milstein: strong order 1 where channels commute trivially (Kloeden-Platen 1992, 10.3)";
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
    Expr euler = sde.state().plus(sde.drift().times(Step.DT)).plus(sde.diffuse(step.dW()));
    if (sde.noise() == NoiseType.ADDITIVE) {
      return euler;
    }
    int n = sde.states().size();
    Expr g = sde.diffusion().reshape(Shape.vector(n));
    Expr increment = sde.noise() == NoiseType.SCALAR ? step.dW().get(0) : step.dW();
    Expr square = increment.square();
    Expr doubled = sde.calculus() == Calculus.ITO ? square.minus(Step.DT) : square;
    Expr alongItself = Forward.tangent(g, Map.of(sde.state(), g));
    return euler.plus(alongItself.times(0.5).times(doubled));
  }
}
