package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What equity models share: spot, short rate r and dividend yield q, either of them a curve. */
final class EquityRates {
  static final Set<String> CURVES = Set.of("r", "q");

  static final Parameter SPOT =
      Parameter.required("spot", Double.MIN_NORMAL, 1e12, "price of the underlying today");
  static final Parameter RATE =
      Parameter.optional("r", -1, 1, 0, "risk-free rate, continuously compounded, a year");
  static final Parameter YIELD =
      Parameter.optional("q", -1, 1, 0, "dividend yield, continuously compounded, a year");

  private EquityRates() {}

  /** r or q: the parameter, or the curve that replaces it. */
  static Expr rate(String name, Set<String> curves) {
    return curves.contains(name) ? Sde.curve(name) : Expr.param(name);
  }

  /** The names of the parameters that are not curves. */
  static List<String> names(List<Parameter> parameters, Set<String> curves) {
    List<String> names = new ArrayList<>();
    for (Parameter parameter : parameters) {
      if (!curves.contains(parameter.name())) {
        names.add(parameter.name());
      }
    }
    return names;
  }
}
