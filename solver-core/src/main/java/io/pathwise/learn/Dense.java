package io.pathwise.learn;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import java.util.List;

/**
 * A dense layer: activation(W x + b), W being the matrix {@code name.W} of outputs x inputs and b
 * the vector {@code name.b} of outputs.
 *
 * <p>W starts uniformly in +-gain sqrt(3 / inputs), which keeps the second moment of the features
 * that the layer before gives (He et al. 2015, section 2.2); b starts at 0.
 *
 * @param name the prefix of its weights
 * @param inputs the number of features it reads
 * @param outputs the number of features it gives
 * @param activation applied to every output
 * @param gain the scale that the start of W is to have: that of the activation whose outputs are
 *     read, 1 for none
 */
public record Dense(String name, int inputs, int outputs, Activation activation, double gain)
    implements Layer {

  /** Checks the extents. */
  public Dense {
    Features.requireSome(name, "inputs", inputs);
    Features.requireSome(name, "outputs", outputs);
  }

  /** An affine map of features as they are: W x + b. */
  public static Dense affine(String name, int inputs, int outputs) {
    return new Dense(name, inputs, outputs, Activation.IDENTITY, 1);
  }

  @Override
  public List<Weight> weights() {
    return List.of(matrix(), bias());
  }

  @Override
  public Expr apply(Expr x) {
    Features.require(name, "input", x, inputs);
    return activation.apply(matrix().value().matVec(x).plus(bias().value()));
  }

  private Weight matrix() {
    double spread = gain * StrictMath.sqrt(3.0 / inputs);
    return Weight.uniform(name + ".W", Shape.matrix(outputs, inputs), spread);
  }

  private Weight bias() {
    return Weight.constant(name + ".b", Shape.vector(outputs), 0);
  }
}
