package io.pathwise.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightsTest {

  @Test
  void elementsAreNumberedRowByRow() {
    assertThat(Weights.names(Dense.affine("a", 2, 2).weights()))
        .containsExactly("a.W[0]", "a.W[1]", "a.W[2]", "a.W[3]", "a.b[0]", "a.b[1]");
  }

  @Test
  void aStartDependsOnTheSeedAndTheNameAlone() {
    List<Weight> one = Dense.affine("one", 3, 3).weights();
    List<Weight> both = new Mlp("other", List.of(3, 3), Activation.TANH).weights();
    Map<String, Double> alone = Weights.initial(one, 5);
    Map<String, Double> together =
        Weights.initial(List.of(both.get(0), both.get(1), one.get(0), one.get(1)), 5);
    assertThat(together).containsAllEntriesOf(alone);
    assertThat(Weights.initial(one, 5)).isEqualTo(alone);
    assertThat(Weights.initial(one, 6)).isNotEqualTo(alone);
    assertThat(together.get("other.0.W[0]")).isNotEqualTo(alone.get("one.W[0]"));
  }

  /** A change would give trained runs other starts: the numbers are part of the contract. */
  @Test
  void theStartOfASeedStaysAsItIs() {
    Weight weight = Weight.uniform("net.0.W", Shape.matrix(2, 1), 1);
    Map<String, Double> values = Weights.initial(List.of(weight), 42);
    assertThat(values).containsKeys("net.0.W[0]", "net.0.W[1]");
    assertThat(values.get("net.0.W[0]")).isEqualTo(0.02764250239351007);
    assertThat(values.get("net.0.W[1]")).isEqualTo(-0.2169997809067653);
  }

  /** Fixed seed; bounds at 5 standard errors of the mean and of the mean square. */
  @Test
  void denseWeightsStartUniformlyAtTheScaleOfTheirInputs() {
    Dense dense = new Dense("wide", 50, 200, Activation.RELU, Activation.RELU.gain());
    Map<String, Double> values = Weights.initial(dense.weights().subList(0, 1), 1);
    int n = values.size();
    double mean = values.values().stream().mapToDouble(v -> v).sum() / n;
    double square = values.values().stream().mapToDouble(v -> v * v).sum() / n;
    double variance = 2.0 / 50;
    assertThat(mean).isCloseTo(0, within(5 * Math.sqrt(variance / n)));
    assertThat(square).isCloseTo(variance, within(5 * variance * Math.sqrt(0.8 / n)));
    assertThat(new HashSet<>(values.values())).hasSize(n);
    double largest = values.values().stream().mapToDouble(Math::abs).max().orElseThrow();
    assertThat(largest).isLessThan(Math.sqrt(6.0 / 50));
    assertThat(Weights.initial(dense.weights(), 1).get("wide.b[3]")).isZero();
  }

  @Test
  void twoWeightsOfOneNameAreRefused() {
    Weight weight = Weight.constant("w", Shape.vector(2), 1);
    assertThatThrownBy(() -> Weights.initial(List.of(weight, weight), 1))
        .hasMessage("two weights are named w, expected distinct names");
    assertThatThrownBy(() -> Weight.constant("w", Shape.SCALAR, 1))
        .hasMessage("weight w is a scalar, expected a vector or a matrix");
    assertThatThrownBy(() -> Weight.uniform("w", Shape.vector(1), -1))
        .hasMessageContaining("expected finite numbers");
  }
}
