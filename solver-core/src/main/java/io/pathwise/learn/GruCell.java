package io.pathwise.learn;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.kernel.Recurrence;
import java.util.List;

/**
 * A gated recurrent unit (Cho et al. 2014, "Learning phrase representations using RNN
 * encoder-decoder"), in the gate convention of PyTorch: with reset gate r, update gate z and
 * candidate n,
 *
 * <pre>
 * r = sigmoid(Wi_r x + bi_r + Wh_r h + bh_r)
 * z = sigmoid(Wi_z x + bi_z + Wh_z h + bh_z)
 * n = tanh(Wi_n x + bi_n + r (Wh_n h + bh_n))
 * h' = (1 - z) n + z h
 * </pre>
 *
 * <p>The weights are {@code name.Wi} (3 hidden x inputs), {@code name.bi}, {@code name.Wh} (3
 * hidden x hidden) and {@code name.bh}, whose rows are those of r, then z, then n. All start
 * uniformly in +-1 / sqrt(hidden).
 *
 * @param name the prefix of its weights
 * @param inputs the number of features of x
 * @param hidden the number of features of h
 */
public record GruCell(String name, int inputs, int hidden) {
  private static final int GATES = 3;

  /** Checks the extents. */
  public GruCell {
    Features.requireSome(name, "inputs", inputs);
    Features.requireSome(name, "hidden features", hidden);
  }

  /** The weights in the order of their use. */
  public List<Weight> weights() {
    int rows = GATES * hidden;
    return List.of(
        weight("Wi", Shape.matrix(rows, inputs)),
        weight("bi", Shape.vector(rows)),
        weight("Wh", Shape.matrix(rows, hidden)),
        weight("bh", Shape.vector(rows)));
  }

  /**
   * The state after an input: a vector of hidden.
   *
   * @param x the input, a vector of inputs
   * @param h the state before, a vector of hidden
   * @throws IllegalArgumentException if a vector has another shape
   */
  public Expr step(Expr x, Expr h) {
    Features.require(name, "input", x, inputs);
    Features.require(name, "state", h, hidden);
    List<Weight> weights = weights();
    Expr fromInput = weights.get(0).value().matVec(x).plus(weights.get(1).value());
    Expr fromState = weights.get(2).value().matVec(h).plus(weights.get(3).value());
    Expr reset = Activation.SIGMOID.apply(gate(fromInput, 0).plus(gate(fromState, 0)));
    Expr update = Activation.SIGMOID.apply(gate(fromInput, 1).plus(gate(fromState, 1)));
    Expr candidate =
        Activation.TANH.apply(gate(fromInput, 2).plus(reset.times(gate(fromState, 2))));
    return candidate.plus(update.times(h.minus(candidate)));
  }

  /**
   * The encoder of a series: the state after all inputs from the last date back to each date, for a
   * latent SDE to read (Li, Wong, Chen and Duvenaud 2020, "Scalable gradients for stochastic
   * differential equations", section 5).
   *
   * @param value names the state
   * @param input the input at a date, a vector of inputs
   */
  public Recurrence backward(String value, Expr input) {
    return new Recurrence(value, hidden, step(input, Recurrence.later(value, hidden)));
  }

  private Expr gate(Expr stacked, int gate) {
    return stacked.slice(gate * hidden, Shape.vector(hidden));
  }

  private Weight weight(String suffix, Shape shape) {
    return Weight.uniform(name + "." + suffix, shape, 1 / StrictMath.sqrt(hidden));
  }
}
