package io.pathwise.spark.job;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Formula;
import io.pathwise.expr.Shape;
import io.pathwise.sde.JumpTerm;
import io.pathwise.sde.Marks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A compound Poisson term written in the job file.
 *
 * @param name names it
 * @param intensity jumps a year: a formula of t, the states and the parameters
 * @param bound what the intensity does not exceed, a formula of the parameters
 * @param law the law of the marks
 * @param lawParameters the parameters of the law in its order, formulas of the parameters
 * @param amplitude what a jump adds to a state: a formula of t, the states, the parameters and the
 *     mark {@link #MARK}; states that are not here do not jump
 */
public record JumpSpec(
    String name,
    String intensity,
    Optional<String> bound,
    Law law,
    List<String> lawParameters,
    Map<String, String> amplitude) {

  /** The name of the mark in formulas. */
  static final String MARK = "J";

  /** Copies the collections. */
  public JumpSpec {
    lawParameters = List.copyOf(lawParameters);
    amplitude = Ordered.copy(amplitude);
  }

  /** A law of marks. */
  public enum Law {
    /** Normal. */
    NORMAL,
    /** Exponential up and down (Kou 2002). */
    DOUBLE_EXPONENTIAL,
    /** Always the same number. */
    DETERMINISTIC;

    /** The keys of the parameters in order. */
    List<String> keys() {
      return switch (this) {
        case NORMAL -> List.of("mean", "std");
        case DOUBLE_EXPONENTIAL -> List.of("p", "eta1", "eta2");
        case DETERMINISTIC -> List.of("value");
      };
    }

    private Marks marks(List<Expr> p) {
      return switch (this) {
        case NORMAL -> new Marks.Normal(p.get(0), p.get(1));
        case DOUBLE_EXPONENTIAL -> new Marks.DoubleExponential(p.get(0), p.get(1), p.get(2));
        case DETERMINISTIC -> new Marks.Deterministic(p.get(0));
      };
    }
  }

  /**
   * The term.
   *
   * @param constants the parameters by name
   * @param symbols all that coefficients may read, by name
   * @param states the names of the states in order
   */
  JumpTerm term(Map<String, Expr> constants, Map<String, Expr> symbols, List<String> states) {
    Map<String, Expr> marked = new HashMap<>(symbols);
    marked.put(MARK, Marks.MARK);
    List<Expr> moves =
        states.stream()
            .map(state -> Formula.parse(amplitude.getOrDefault(state, "0"), marked))
            .toList();
    return new JumpTerm(
        name,
        Formula.parse(intensity, symbols),
        bound.map(text -> Formula.parse(text, constants)),
        law.marks(lawParameters.stream().map(text -> Formula.parse(text, constants)).toList()),
        Expr.concat(moves).reshape(Shape.vector(states.size())));
  }
}
