package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.Scheme;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Solver;
import java.util.Map;
import java.util.TreeMap;

/**
 * An equation whose drift is a perceptron with one hidden layer.
 *
 * @param states the number of states
 * @param hidden the units of the hidden layer
 * @param deep whether the diffusion is a perceptron too, of scalar noise, not a sigmoid of each
 *     state
 */
public record Perceptron(int states, int hidden, boolean deep) {

  /** The equation: parameters fw1, fb1, fw2, fb2 and gw1 .. or a, b. */
  public Sde sde() {
    Sde.Builder builder = Sde.stratonovich("perceptron");
    declare(builder, "f");
    if (deep) {
      declare(builder, "g");
    } else {
      builder.parameter("a", Shape.vector(states)).parameter("b", Shape.vector(states));
    }
    for (int i = 0; i < states; i++) {
      builder.state("x" + i, Expr.of(0.1 * i));
    }
    builder.drift((t, y) -> layers("f", y));
    Shape column = Shape.matrix(states, 1);
    return deep
        ? builder.diffusion(NoiseType.SCALAR, (t, y) -> diffusion(y).reshape(column))
        : builder.diagonal((t, y) -> diffusion(y));
  }

  private void declare(Sde.Builder builder, String name) {
    builder
        .parameter(name + "w1", Shape.matrix(hidden, states))
        .parameter(name + "b1", Shape.vector(hidden))
        .parameter(name + "w2", Shape.matrix(states, hidden))
        .parameter(name + "b2", Shape.vector(states));
  }

  private Expr layers(String name, Expr y) {
    Expr first = Expr.param(name + "w1", Shape.matrix(hidden, states));
    Expr second = Expr.param(name + "w2", Shape.matrix(states, hidden));
    Expr units = first.matVec(y).plus(Expr.param(name + "b1", Shape.vector(hidden)));
    return second
        .matVec(Expr.apply(Op.TANH, units))
        .plus(Expr.param(name + "b2", Shape.vector(states)));
  }

  private Expr diffusion(Expr y) {
    Expr argument =
        deep
            ? layers("g", y)
            : y.times(Expr.param("a", Shape.vector(states)))
                .plus(Expr.param("b", Shape.vector(states)));
    return Expr.apply(Op.SIGMOID, argument).times(0.2);
  }

  /** A solver with some weights that delivers the first state after a year. */
  public Solver solver(Scheme scheme, int steps) {
    Sde sde = sde();
    Map<String, Double> weights = new TreeMap<>();
    for (String name : sde.parameters()) {
      weights.put(name, 0.6 * Math.sin(1.7 * weights.size() + 0.3));
    }
    return Solver.of(sde)
        .scheme(scheme)
        .parameters(weights)
        .step(1.0 / steps)
        .claim(Claim.value("end", sde.state().get(0), 1));
  }
}
