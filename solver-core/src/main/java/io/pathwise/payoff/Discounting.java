package io.pathwise.payoff;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/** Brings what is paid at a time to its value today. */
public final class Discounting {

  /** The value today of one unit, where a curve tells it: an input of the claim. */
  public static final Expr INPUT = Expr.leaf(Leaf.STEP, "discount");

  private static final String NAMED = "discount:";

  private final Expr factor;
  private final DoubleFunction<Map<String, Double>> inputs;

  private Discounting(Expr factor, DoubleFunction<Map<String, Double>> inputs) {
    this.factor = factor;
    this.inputs = inputs;
  }

  /**
   * With a constant rate: exp(-rate t).
   *
   * @param rate continuously compounded, a year; a parameter, so that derivatives in it count
   */
  public static Discounting rate(Expr rate) {
    return new Discounting(rate.times(Expr.leaf(Leaf.STEP, "t")).neg().exp(), time -> Map.of());
  }

  /** With a curve: the value today of one unit paid at a time in years. */
  public static Discounting curve(DoubleUnaryOperator discountFactor) {
    return new Discounting(INPUT, time -> Map.of(INPUT.name(), discountFactor.applyAsDouble(time)));
  }

  /**
   * With a curve whose nodes derivatives are taken in.
   *
   * @param name the name of the curve among those of the run
   * @param discountFactor its value today of one unit paid at a time in years
   */
  public static Discounting curve(String name, DoubleUnaryOperator discountFactor) {
    Expr factor = Expr.leaf(Leaf.STEP, NAMED + name);
    return new Discounting(
        factor, time -> Map.of(factor.name(), discountFactor.applyAsDouble(time)));
  }

  /** Whether a leaf is the value today of one unit, which a curve tells. */
  public static boolean isInput(Expr leaf) {
    return leaf.equals(INPUT) || (leaf.leaf() == Leaf.STEP && leaf.name().startsWith(NAMED));
  }

  /** Not at all. */
  public static Discounting none() {
    return curve(time -> 1);
  }

  /** The factor, which may read parameters, the claim's time {@code t} and {@link #inputs}. */
  Expr factor() {
    return factor;
  }

  /** The inputs of the factor for a payment at a time in years. */
  Map<String, Double> inputs(double time) {
    return inputs.apply(time);
  }
}
