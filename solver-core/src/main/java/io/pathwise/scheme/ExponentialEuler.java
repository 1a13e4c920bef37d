package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Jacobian;
import io.pathwise.expr.PhiFunction;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Exponential Euler for stiff linear drift: y + phi1(a dt) (f dt + g dW), where phi1(x) = (exp(x) -
 * 1)/x and a is the diagonal of the Jacobian of f, found on the graph (Lord and Tambue 2013; in the
 * deterministic case Hochbruck and Ostermann 2010, "Exponential integrators"). A drift a_i y_i +
 * c_i is integrated exactly; of the noise, it is the mean given the increment of exp(a (dt - s))
 * dW. Where a reads the state it is frozen at the start of the step. Strong order 1/2 (1 for
 * additive noise), weak order 1.
 */
public final class ExponentialEuler implements Scheme {

  @Override
  public String name() {
    return "exp-euler";
  }

  @Override
  public String description() {
    return "exponential Euler: exact for drift that is linear in its own state, at any stiffness";
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
  public Expr step(Sde sde, Step step) {
    Expr[][] jacobian = Jacobian.of(sde.drift(), sde.state());
    int n = jacobian.length;
    List<Expr> diagonal = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      diagonal.add(PhiFunction.phi1(jacobian[i][i].times(Step.DT)));
    }
    Expr phi = Expr.concat(diagonal).reshape(Shape.vector(n));
    Expr euler = sde.drift().times(Step.DT).plus(sde.diffuse(step.dW()));
    return sde.state().plus(phi.times(euler));
  }
}
