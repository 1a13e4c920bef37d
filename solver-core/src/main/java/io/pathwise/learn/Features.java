package io.pathwise.learn;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;

/** Checks of the vectors that layers are given. */
final class Features {
  private Features() {}

  /** Refuses a value that is not a vector of n. */
  static void require(String layer, String what, Expr x, int n) {
    if (!x.shape().equals(Shape.vector(n))) {
      throw new IllegalArgumentException(
          layer + ": " + what + " is a " + x.shape() + ", expected a vector " + n);
    }
  }

  /** Refuses a number of features below 1. */
  static void requireSome(String layer, String what, int n) {
    if (n < 1) {
      throw new IllegalArgumentException(layer + ": " + n + " " + what + ", expected at least 1");
    }
  }
}
