package io.pathwise.spark.job;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where the initial price stands in a model: what delta is the derivative in. A catalogue model has
 * the parameter {@code spot}, or {@code f0} where its price is a forward; an equation of formulas
 * starts at a number or formula, so it gets a parameter of value 0 that is added to it.
 *
 * @param name the parameter
 * @param value the value of the parameter that was added, if one was
 * @param sde the equation
 */
public record SpotParameter(String name, Map<String, Double> value, Sde sde) {
  /**
   * The place in a model.
   *
   * @param sde the equation that is simulated
   * @param wanted whether a derivative in the initial price is asked for
   */
  static SpotParameter of(ModelSpec model, Sde sde, boolean wanted) {
    int state = sde.states().indexOf(ModelSpec.PRICE);
    if (!(model instanceof FormulaModel) || !wanted || state < 0) {
      String start =
          sde.parameters().contains(ModelSpec.FORWARD) ? ModelSpec.FORWARD : ModelSpec.SPOT;
      return new SpotParameter(start, Map.of(), sde);
    }
    String name = ModelSpec.PRICE + "(0)"; // No formula can have such a name.
    List<String> parameters = new ArrayList<>(sde.parameters());
    parameters.add(name);
    List<Expr> initial = new ArrayList<>();
    for (int i = 0; i < sde.states().size(); i++) {
      Expr start = sde.initial().get(i);
      initial.add(i == state ? start.plus(Expr.param(name)) : start);
    }
    return new SpotParameter(name, Map.of(name, 0.0), sde.startingAt(parameters, initial));
  }
}
