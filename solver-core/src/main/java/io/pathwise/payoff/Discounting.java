package io.pathwise.payoff;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Brings what is paid at a time to its value today. */
public interface Discounting {

  /** The factor, which may read parameters, the claim's time {@code t} and {@link #inputs}. */
  Expr factor();

  /** The inputs of the factor for a payment at a time in years. */
  Map<String, Double> inputs(double time);

  /**
   * With a constant rate: exp(-rate t).
   *
   * @param rate continuously compounded, a year; a parameter, so that derivatives in it count
   */
  static Discounting rate(Expr rate) {
    Expr factor = rate.times(Expr.leaf(Leaf.STEP, "t")).neg().exp();
    return new Discounting() {
      @Override
      public Expr factor() {
        return factor;
      }

      @Override
      public Map<String, Double> inputs(double time) {
        return Map.of();
      }
    };
  }

  /** With a curve: the value today of one unit paid at a time. */
  static Discounting curve(DoubleUnaryOperator discountFactor) {
    Expr factor = Expr.leaf(Leaf.STEP, "discount");
    return new Discounting() {
      @Override
      public Expr factor() {
        return factor;
      }

      @Override
      public Map<String, Double> inputs(double time) {
        return Map.of("discount", discountFactor.applyAsDouble(time));
      }
    };
  }

  /** Not at all. */
  static Discounting none() {
    return curve(time -> 1);
  }
}
