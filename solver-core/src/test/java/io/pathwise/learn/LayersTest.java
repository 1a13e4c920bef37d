package io.pathwise.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Derivatives;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.expr.SinglePrecision;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers against their formulas in plain Java, and their derivatives against differences. */
class LayersTest {
  private static final Offset<Double> ROUNDING = within(1e-14);
  private static final double[] X = {0.7, -1.2, 0.4};
  private static final Expr INPUT = Points.vector("x", 3);

  private static DoubleUnaryOperator plain(Activation activation) {
    return switch (activation) {
      case IDENTITY -> x -> x;
      case TANH -> Math::tanh;
      case SIGMOID -> Points::sigmoid;
      case SOFTPLUS -> x -> Math.log1p(Math.exp(x));
      case RELU -> x -> Math.max(x, 0);
      case SILU -> x -> x * Points.sigmoid(x);
      case LIPSWISH -> x -> 0.909 * x * Points.sigmoid(x);
    };
  }

  private static Map<String, Double> point(List<Weight> weights) {
    Map<String, Double> point = new HashMap<>(Weights.initial(weights, 11));
    // Biases and gains that do not hide behind 0 and 1.
    weights.stream()
        .filter(w -> w.spread() == 0)
        .flatMap(w -> w.elements().stream())
        .forEach(name -> point.merge(name, 0.01 * (name.hashCode() % 20), Double::sum));
    return point;
  }

  private static void close(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], ROUNDING);
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void anActivationIsItsFormulaAndSoIsItsDerivative(Activation activation) {
    Map<String, Double> point = Points.put(Map.of(), INPUT, X);
    close(
        Points.values(activation.apply(INPUT), point),
        Arrays.stream(X).map(plain(activation)).toArray());
    Derivatives.check(activation.apply(INPUT), point);
  }

  /** E[f(Z)^2] by the trapezium rule, which is exact to rounding for such integrands. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void theGainKeepsTheSecondMomentOfAStandardNormal(Activation activation) {
    DoubleUnaryOperator f = plain(activation);
    double h = 1e-3;
    double moment = 0;
    for (double z = -12; z <= 12; z += h) {
      moment += Math.pow(f.applyAsDouble(z), 2) * Math.exp(-z * z / 2) * h;
    }
    double scaled = activation.gain() * activation.gain() * moment / Math.sqrt(2 * Math.PI);
    assertThat(scaled).isCloseTo(1, within(1e-6));
  }

  /** The largest slope of x sigmoid(x) is 1.0998 (Ramachandran, Zoph and Le 2017). */
  @Test
  void lipSwishNeverStretches() {
    for (double x = -10; x < 10; x += 0.01) {
      double slope =
          (plain(Activation.LIPSWISH).applyAsDouble(x + 1e-6)
                  - plain(Activation.LIPSWISH).applyAsDouble(x - 1e-6))
              / 2e-6;
      assertThat(Math.abs(slope)).isLessThan(1);
    }
  }

  @Test
  void aDenseLayerIsAnActivationOfAnAffineMap() {
    Dense dense = new Dense("layer", 3, 2, Activation.TANH, 1);
    Map<String, Double> point = Points.put(point(dense.weights()), INPUT, X);
    double[] w = Points.of(dense.weights().get(0), point);
    double[] b = Points.of(dense.weights().get(1), point);
    close(
        Points.values(dense.apply(INPUT), point),
        Arrays.stream(Points.affine(w, b, X)).map(Math::tanh).toArray());
    Derivatives.check(dense.apply(INPUT), point);
  }

  @Test
  void aPerceptronIsItsLayersOneAfterTheOther() {
    Mlp mlp = new Mlp("net", List.of(3, 4, 4, 2), Activation.LIPSWISH, Activation.SIGMOID);
    Map<String, Double> point = Points.put(point(mlp.weights()), INPUT, X);
    double[] features = X;
    for (int layer = 0; layer < 3; layer++) {
      double[] w = Points.of(mlp.weights().get(2 * layer), point);
      double[] b = Points.of(mlp.weights().get(2 * layer + 1), point);
      features =
          Arrays.stream(Points.affine(w, b, features))
              .map(plain(layer < 2 ? Activation.LIPSWISH : Activation.SIGMOID))
              .toArray();
    }
    close(Points.values(mlp.apply(INPUT), point), features);
    Derivatives.check(mlp.apply(INPUT), point);
    assertThat(mlp.weights().get(0).name()).isEqualTo("net.0.W");
    assertThat(mlp.weights().get(0).shape()).isEqualTo(Shape.matrix(4, 3));
  }

  @Test
  void layerNormCentresAndScalesTheFeatures() {
    LayerNorm norm = new LayerNorm("norm", 3);
    Map<String, Double> point = Points.put(point(norm.weights()), INPUT, X);
    double[] gain = Points.of(norm.weights().get(0), point);
    double[] bias = Points.of(norm.weights().get(1), point);
    double mean = Arrays.stream(X).sum() / 3;
    double variance = Arrays.stream(X).map(x -> (x - mean) * (x - mean)).sum() / 3;
    double[] expected = new double[3];
    for (int i = 0; i < 3; i++) {
      expected[i] = (X[i] - mean) / Math.sqrt(variance + 1e-5) * gain[i] + bias[i];
    }
    close(Points.values(norm.apply(INPUT), point), expected);
    Derivatives.check(norm.apply(INPUT), point);
  }

  @Test
  void equalFeaturesHaveAFiniteNormAndDerivative() {
    LayerNorm norm = new LayerNorm("norm", 3, 0.1);
    Map<String, Double> point = Points.put(point(norm.weights()), INPUT, 2, 2, 2);
    close(Points.values(norm.apply(INPUT), point), Points.of(norm.weights().get(1), point));
    Derivatives.check(norm.apply(INPUT), point);
  }

  @Test
  void aGatedUnitFollowsPyTorchsConvention() {
    GruCell cell = new GruCell("gru", 3, 2);
    Expr state = Points.vector("h", 2);
    double[] h = {0.3, -0.8};
    Map<String, Double> point = Points.put(point(cell.weights()), INPUT, X);
    point = Points.put(point, state, h);
    double[] fromInput =
        Points.affine(
            Points.of(cell.weights().get(0), point), Points.of(cell.weights().get(1), point), X);
    double[] fromState =
        Points.affine(
            Points.of(cell.weights().get(2), point), Points.of(cell.weights().get(3), point), h);
    double[] expected = new double[2];
    for (int i = 0; i < 2; i++) {
      double r = Points.sigmoid(fromInput[i] + fromState[i]);
      double z = Points.sigmoid(fromInput[2 + i] + fromState[2 + i]);
      double n = Math.tanh(fromInput[4 + i] + r * fromState[4 + i]);
      expected[i] = (1 - z) * n + z * h[i];
    }
    close(Points.values(cell.step(INPUT, state), point), expected);
    Derivatives.check(cell.step(INPUT, state), point);
  }

  @Test
  void softmaxOfLargeNumbersDoesNotOverflow() {
    Expr softmax = Attention.softmax(INPUT);
    double sum = Arrays.stream(X).map(Math::exp).sum();
    double[] expected = Arrays.stream(X).map(x -> Math.exp(x) / sum).toArray();
    close(Points.values(softmax, Points.put(Map.of(), INPUT, X)), expected);
    double[] moved = Arrays.stream(X).map(x -> x + 1024).toArray();
    double[] ofMoved = Points.values(softmax, Points.put(Map.of(), INPUT, moved));
    for (int i = 0; i < 3; i++) {
      assertThat(ofMoved[i]).isCloseTo(expected[i], within(1e-12));
    }
    assertThat(Points.values(softmax, Points.put(Map.of(), INPUT, 5000, -5000, 0)))
        .containsExactly(1, 0, 0);
    Derivatives.check(softmax, Points.put(Map.of(), INPUT, X));
  }

  @Test
  void attentionIsTheMeanOfValuesUnderTheWeightsOfKeys() {
    Expr query = Points.vector("q", 2);
    List<Expr> keys = List.of(INPUT.slice(0, Shape.vector(2)), INPUT.slice(1, Shape.vector(2)));
    Expr value = Points.vector("v", 4);
    List<Expr> values = List.of(value.slice(0, Shape.vector(2)), value.slice(2, Shape.vector(2)));
    Map<String, Double> point =
        Points.put(Points.put(Points.put(Map.of(), INPUT, X), query, 0.9, 0.5), value, 1, 2, 3, 5);
    double a = Math.exp((0.9 * X[0] + 0.5 * X[1]) / Math.sqrt(2));
    double b = Math.exp((0.9 * X[1] + 0.5 * X[2]) / Math.sqrt(2));
    Expr attended = Attention.scaledDotProduct(query, keys, values);
    close(
        Points.values(attended, point),
        new double[] {(a + 3 * b) / (a + b), (2 * a + 5 * b) / (a + b)});
    Derivatives.check(attended, point);
    assertThat(Attention.attend(List.of(query, query), keys, values))
        .containsExactly(attended, attended);
    assertThatThrownBy(() -> Attention.scaledDotProduct(query, keys, List.of()))
        .hasMessageContaining("2 keys and 0 values, expected as many of each");
  }

  @Test
  void inSinglePrecisionLayersAreThoseOfDoublePrecisionToSevenDigits() {
    GruCell cell = new GruCell("gru", 3, 3);
    Layer norm = new LayerNorm("norm", 3);
    Layer mlp = new Mlp("net", List.of(3, 8, 3), Activation.SILU, Activation.SOFTPLUS);
    Expr out = Attention.softmax(norm.apply(mlp.apply(cell.step(INPUT, INPUT))));
    Map<String, Double> point = Points.put(point(cell.weights()), INPUT, X);
    point.putAll(point(norm.weights()));
    point.putAll(point(mlp.weights()));
    List<Expr> scalars = List.of(out.get(0), out.get(1), out.get(2));
    for (int i = 0; i < 3; i++) {
      double single = Points.values(SinglePrecision.of(scalars).get(i), point)[0];
      assertThat(single).isEqualTo((float) single);
      assertThat(single).isCloseTo(Points.values(out.get(i), point)[0], within(2e-6));
    }
  }

  @Test
  void aVectorOfAnotherSizeIsRefused() {
    assertThatThrownBy(() -> Dense.affine("layer", 4, 2).apply(INPUT))
        .hasMessage("layer: input is a vector 3, expected a vector 4");
    assertThatThrownBy(() -> new GruCell("gru", 3, 2).step(INPUT, INPUT))
        .hasMessage("gru: state is a vector 3, expected a vector 2");
    assertThatThrownBy(() -> new Mlp("net", List.of(3), Activation.TANH))
        .hasMessageContaining("expected inputs, hidden layers if any, and outputs");
    assertThatThrownBy(() -> new LayerNorm("norm", 3, 0))
        .hasMessage("norm: epsilon 0.0, expected a number above 0");
    assertThatThrownBy(() -> Dense.affine("layer", 0, 2))
        .hasMessage("layer: 0 inputs, expected at least 1");
  }
}
