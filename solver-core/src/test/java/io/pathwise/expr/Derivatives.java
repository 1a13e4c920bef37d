package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the derivatives of graphs with central finite differences. */
public final class Derivatives {
  private static final double RELATIVE_STEP = 1e-3;
  private static final double TOLERANCE = 1e-7;

  private Derivatives() {}

  /** The scalar leaves of a list of inputs. */
  static List<Expr> scalars(List<Expr> inputs) {
    return Scalarise.scalars(inputs);
  }

  static double[] values(List<Expr> outputs, Map<String, Double> point) {
    return Interpreter.evaluate(outputs, point);
  }

  static double value(Expr output, Map<String, Double> point) {
    return values(List.of(output), point)[0];
  }

  /**
   * The derivatives of all elements of an expression in one scalar leaf: two central differences,
   * extrapolated to an error of order 4 in the step.
   */
  static double[] difference(Expr output, String leaf, Map<String, Double> point) {
    double x = point.get(leaf);
    double h = RELATIVE_STEP * Math.max(Math.abs(x), 0.01);
    double[] wide = central(output, leaf, point, h);
    double[] narrow = central(output, leaf, point, h / 2);
    double[] result = new double[wide.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (4 * narrow[i] - wide[i]) / 3;
    }
    return result;
  }

  private static double[] central(Expr output, String leaf, Map<String, Double> point, double h) {
    Map<String, Double> moved = new HashMap<>(point);
    double x = point.get(leaf);
    moved.put(leaf, x + h);
    double[] up = values(List.of(output), moved);
    moved.put(leaf, x - h);
    double[] down = values(List.of(output), moved);
    double[] result = new double[up.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (up[i] - down[i]) / (2 * h);
    }
    return result;
  }

  /**
   * Checks Reverse, Forward and Reverse of Forward of an expression in all its leaves at a point.
   * The elements of a shaped output are weighted by 1, 1.3, 1.6 ...
   */
  public static void check(Expr output, Map<String, Double> point) {
    List<Expr> inputs = Graph.leaves(List.of(output));
    Expr scalar = weighted(output);
    checkReverse(scalar, inputs, point);
    checkForward(output, inputs, point);
    checkReverse(slope(scalar, inputs), inputs, point);
  }

  /** Reverse alone, for operations whose second derivative is not asked for. */
  static void checkReverse(Expr scalar, List<Expr> inputs, Map<String, Double> point) {
    List<Expr> gradient = Reverse.gradient(scalar, inputs);
    for (int n = 0; n < inputs.size(); n++) {
      Expr input = inputs.get(n);
      assertThat(gradient.get(n).shape()).isEqualTo(input.shape());
      double[] actual = values(List.of(gradient.get(n)), point);
      for (int i = 0; i < actual.length; i++) {
        String leaf = Scalarise.element(input, i).name();
        double expected = difference(scalar, leaf, point)[0];
        close("reverse of " + scalar + " in " + leaf + " at " + point, actual[i], expected);
      }
    }
  }

  private static void checkForward(Expr output, List<Expr> inputs, Map<String, Double> point) {
    for (Expr input : inputs) {
      for (int i = 0; i < input.shape().size(); i++) {
        Expr unit = Structure.embed(Expr.ONE, i, input.shape());
        Expr tangent = Forward.tangent(output, Map.of(input, unit));
        assertThat(tangent.shape()).isEqualTo(output.shape());
        double[] actual = values(List.of(tangent), point);
        String leaf = Scalarise.element(input, i).name();
        double[] expected = difference(output, leaf, point);
        for (int k = 0; k < actual.length; k++) {
          close("forward of " + output + " along " + leaf, actual[k], expected[k]);
        }
      }
    }
  }

  /** The derivative along a direction that differs from element to element. */
  private static Expr slope(Expr scalar, List<Expr> inputs) {
    Map<Expr, Expr> direction = new HashMap<>();
    double weight = 0.7;
    for (Expr input : inputs) {
      List<Expr> parts = new ArrayList<>();
      for (int i = 0; i < input.shape().size(); i++) {
        parts.add(Expr.of(weight));
        weight += 0.2;
      }
      direction.put(input, Structure.concat(parts, input.shape()));
    }
    return Forward.tangent(scalar, direction);
  }

  static Expr weighted(Expr output) {
    Expr sum = Expr.ZERO;
    for (int i = 0; i < output.shape().size(); i++) {
      sum = sum.plus(output.get(i).times(1 + 0.3 * i));
    }
    return sum;
  }

  private static void close(String what, double actual, double expected) {
    assertThat(actual)
        .as(what)
        .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
  }
}
