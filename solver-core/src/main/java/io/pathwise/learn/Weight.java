package io.pathwise.learn;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Scalarise;
import io.pathwise.expr.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * An array of learnable numbers, the same for all paths: a parameter of the run whose elements are
 * the scalar parameters {@code name[0]}, {@code name[1]}, ..., row by row.
 *
 * @param name names the parameter
 * @param shape a vector or a matrix
 * @param centre what the elements start at in the mean
 * @param spread they start uniformly in [centre - spread, centre + spread]
 */
public record Weight(String name, Shape shape, double centre, double spread) {

  /** Checks that the shape has elements to number and that the start is finite. */
  public Weight {
    if (shape.isScalar()) {
      throw new IllegalArgumentException(
          "weight " + name + " is a scalar, expected a vector or a matrix");
    }
    if (!Double.isFinite(centre) || !(spread >= 0) || Double.isInfinite(spread)) {
      throw new IllegalArgumentException(
          "weight "
              + name
              + " starts in "
              + centre
              + " +- "
              + spread
              + ", expected finite numbers");
    }
  }

  /** A weight whose elements all start at a number. */
  static Weight constant(String name, Shape shape, double value) {
    return new Weight(name, shape, value, 0);
  }

  /** A weight whose elements start uniformly in [-spread, spread]. */
  static Weight uniform(String name, Shape shape, double spread) {
    return new Weight(name, shape, 0, spread);
  }

  /** The weight in a graph, of its shape. */
  public Expr value() {
    return Expr.param(name, shape);
  }

  /** The names of its elements in order. */
  public List<String> elements() {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < shape.size(); i++) {
      elements.add(Scalarise.element(value(), i).name());
    }
    return elements;
  }
}
