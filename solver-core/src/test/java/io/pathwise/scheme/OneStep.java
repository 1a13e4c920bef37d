package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Scalarise;
import io.pathwise.expr.Shape;
import io.pathwise.noise.BrownianStep;
import io.pathwise.sde.Sde;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Single steps of a scheme that reads increments alone, at values. */
final class OneStep {
  private final Interpreter next;
  private final Map<String, Double> leaves;

  OneStep(Sde sde, String scheme, Map<String, Double> parameters) {
    Expr w = Expr.leaf(Leaf.NOISE, "w", Shape.vector(sde.channels()));
    Scheme method = Schemes.find(scheme).orElseThrow();
    method.requireSupport(sde);
    Expr step = method.step(sde, new Step(BrownianStep.of(Step.DT, w), null));
    next = new Interpreter(Scalarise.scalars(List.of(step)));
    leaves = new HashMap<>(parameters);
  }

  /** The state after a step. */
  double[] from(double[] y, double t, double dt, double... w) {
    leaves.put("t", t);
    leaves.put("dt", dt);
    for (int i = 0; i < y.length; i++) {
      leaves.put("y[" + i + "]", y[i]);
    }
    for (int j = 0; j < w.length; j++) {
      leaves.put("w[" + j + "]", w[j]);
    }
    return next.evaluate(leaf -> leaves.get(leaf.name()));
  }
}
