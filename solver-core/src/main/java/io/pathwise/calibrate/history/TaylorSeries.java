package io.pathwise.calibrate.history;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Forward;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A function around a point as its Taylor polynomial, in graphs of that point (Griewank and Walther
 * 2008, section 13.2): derivatives of high order of products and quotients without graphs that grow
 * exponentially.
 *
 * @param coefficients of (x - point)^k, from k = 0
 */
record TaylorSeries(List<Expr> coefficients) {

  /** The polynomial of a function by its derivatives. */
  static TaylorSeries of(Expr function, Expr x, int order) {
    List<Expr> coefficients = new ArrayList<>();
    Expr derivative = function;
    double factorial = 1;
    for (int k = 0; k <= order; k++) {
      factorial *= Math.max(k, 1);
      coefficients.add(derivative.times(1 / factorial));
      derivative = Forward.tangent(derivative, Map.of(x, Expr.ONE));
    }
    return new TaylorSeries(coefficients);
  }

  /** The value at the point. */
  Expr value() {
    return coefficients.get(0);
  }

  private Expr at(int k) {
    return coefficients.get(k);
  }

  private int common(TaylorSeries other) {
    return Math.min(coefficients.size(), other.coefficients.size());
  }

  TaylorSeries plus(TaylorSeries other) {
    List<Expr> sum = new ArrayList<>();
    for (int k = 0; k < common(other); k++) {
      sum.add(at(k).plus(other.at(k)));
    }
    return new TaylorSeries(sum);
  }

  TaylorSeries times(double factor) {
    return new TaylorSeries(coefficients.stream().map(c -> c.times(factor)).toList());
  }

  TaylorSeries times(TaylorSeries other) {
    List<Expr> product = new ArrayList<>();
    for (int k = 0; k < common(other); k++) {
      Expr sum = Expr.ZERO;
      for (int j = 0; j <= k; j++) {
        sum = sum.plus(at(j).times(other.at(k - j)));
      }
      product.add(sum);
    }
    return new TaylorSeries(product);
  }

  TaylorSeries over(TaylorSeries other) {
    List<Expr> quotient = new ArrayList<>();
    for (int k = 0; k < common(other); k++) {
      Expr rest = at(k);
      for (int j = 0; j < k; j++) {
        rest = rest.minus(quotient.get(j).times(other.at(k - j)));
      }
      quotient.add(rest.over(other.at(0)));
    }
    return new TaylorSeries(quotient);
  }

  /** The derivative, one order less. */
  TaylorSeries derivative() {
    List<Expr> derivative = new ArrayList<>();
    for (int k = 1; k < coefficients.size(); k++) {
      derivative.add(at(k).times(k));
    }
    return new TaylorSeries(derivative);
  }
}
