package io.pathwise.learn;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;

/** A function that acts on every feature by itself. */
public enum Activation {
  /** x. */
  IDENTITY(1),

  /** The hyperbolic tangent. */
  TANH(1.5925374197229),

  /** 1 / (1 + exp(-x)). */
  SIGMOID(1.8462285453387),

  /** log(1 + exp(x)). */
  SOFTPLUS(1.0418668355354),

  /** max(x, 0), whose derivative at 0 is 0. */
  RELU(1.4142135623731),

  /** x sigmoid(x), also called swish (Ramachandran, Zoph and Le 2017). */
  SILU(1.6765324703312),

  /**
   * 0.909 x sigmoid(x), whose slope is at most 1: the LipSwish of Chen, Behrmann, Duvenaud and
   * Jacobsen 2019, "Residual flows for invertible generative modeling", at beta = 1.
   */
  LIPSWISH(1.8443701543798);

  private final double gain;

  Activation(double gain) {
    this.gain = gain;
  }

  /** The function of every element of a scalar, vector or matrix, in its shape. */
  public Expr apply(Expr x) {
    return switch (this) {
      case IDENTITY -> x;
      case TANH -> Expr.apply(Op.TANH, x);
      case SIGMOID -> Expr.apply(Op.SIGMOID, x);
      case SOFTPLUS -> Expr.apply(Op.SOFTPLUS, x);
      case RELU -> x.max(0);
      case SILU -> silu(x);
      case LIPSWISH -> silu(x).times(0.909);
    };
  }

  /**
   * 1 / sqrt(E[f(Z)^2]) of a standard normal Z: the scale of the next layer's weights at which the
   * second moment of features stays, sqrt(2) for {@link #RELU} (He, Zhang, Ren and Sun 2015,
   * "Delving deep into rectifiers", section 2.2).
   */
  public double gain() {
    return gain;
  }

  private static Expr silu(Expr x) {
    return x.times(Expr.apply(Op.SIGMOID, x));
  }
}
