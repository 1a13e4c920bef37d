package io.pathwise.expr;

import java.util.ArrayList;
import java.util.List;

/** Polynomials in Estrin's form: fused multiply-adds in a tree, so that few wait for each other. */
final class Polynomial {
  private Polynomial() {}

  /** The polynomial with the given coefficients, constant term first, at {@code x}. */
  static Expr estrin(Expr x, double... coefficients) {
    List<Expr> terms = new ArrayList<>();
    for (double coefficient : coefficients) {
      terms.add(Expr.of(coefficient));
    }
    Expr power = x;
    while (terms.size() > 1) {
      List<Expr> merged = new ArrayList<>();
      for (int i = 0; i + 1 < terms.size(); i += 2) {
        merged.add(terms.get(i + 1).fma(power, terms.get(i)));
      }
      if (terms.size() % 2 == 1) {
        merged.add(terms.get(terms.size() - 1));
      }
      terms = merged;
      power = terms.size() > 1 ? power.square() : power;
    }
    return terms.get(0);
  }
}
