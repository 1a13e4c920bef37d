package io.pathwise.learn;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import java.util.List;

/**
 * Layer normalisation: (x - mean) / sqrt(variance + epsilon) * gain + bias over the features of a
 * path, the variance being the mean square deviation (Ba, Kiros and Hinton 2016, "Layer
 * normalization"). The gain {@code name.gain} starts at 1, the bias {@code name.b} at 0.
 *
 * @param name the prefix of its weights
 * @param inputs the number of features
 * @param epsilon keeps the divisor above 0
 */
public record LayerNorm(String name, int inputs, double epsilon) implements Layer {

  /** Checks the extent and epsilon. */
  public LayerNorm {
    Features.requireSome(name, "inputs", inputs);
    if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
      throw new IllegalArgumentException(
          name + ": epsilon " + epsilon + ", expected a number above 0");
    }
  }

  /** With epsilon 1e-5. */
  public LayerNorm(String name, int inputs) {
    this(name, inputs, 1e-5);
  }

  @Override
  public int outputs() {
    return inputs;
  }

  @Override
  public List<Weight> weights() {
    return List.of(gain(), bias());
  }

  @Override
  public Expr apply(Expr x) {
    Features.require(name, "input", x, inputs);
    Expr centred = x.minus(x.sum().times(1.0 / inputs));
    Expr deviation = centred.dot(centred).times(1.0 / inputs).plus(epsilon).sqrt();
    return centred.times(Expr.ONE.over(deviation)).times(gain().value()).plus(bias().value());
  }

  private Weight gain() {
    return Weight.constant(name + ".gain", Shape.vector(inputs), 1);
  }

  private Weight bias() {
    return Weight.constant(name + ".b", Shape.vector(inputs), 0);
  }
}
