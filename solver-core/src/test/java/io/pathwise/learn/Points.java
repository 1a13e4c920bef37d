package io.pathwise.learn;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Scalarise;
import io.pathwise.expr.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Vectors of features with values, and what networks make of them. */
final class Points {
  private Points() {}

  static Expr vector(String name, int n) {
    return Expr.leaf(Leaf.LANE, name, Shape.vector(n));
  }

  static Map<String, Double> put(Map<String, Double> point, Expr vector, double... values) {
    Map<String, Double> more = new HashMap<>(point);
    for (int i = 0; i < values.length; i++) {
      more.put(Scalarise.element(vector, i).name(), values[i]);
    }
    return more;
  }

  static double[] values(Expr output, Map<String, Double> point) {
    return Interpreter.evaluate(List.of(output), point);
  }

  static double[] of(Weight weight, Map<String, Double> point) {
    return weight.elements().stream().mapToDouble(point::get).toArray();
  }

  /** W x + b. */
  static double[] affine(double[] w, double[] b, double[] x) {
    double[] y = b.clone();
    for (int r = 0; r < b.length; r++) {
      for (int c = 0; c < x.length; c++) {
        y[r] += w[r * x.length + c] * x[c];
      }
    }
    return y;
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
