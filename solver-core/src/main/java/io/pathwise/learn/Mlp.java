package io.pathwise.learn;

import io.pathwise.expr.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * A multilayer perceptron: {@linkplain Dense dense layers} one after the other, {@code name.0},
 * {@code name.1}, ...
 *
 * @param name the prefix of its weights
 * @param sizes the numbers of features: inputs, those of every hidden layer, outputs
 * @param hidden the activation of all layers but the last
 * @param last the activation of the last layer
 */
public record Mlp(String name, List<Integer> sizes, Activation hidden, Activation last)
    implements Layer {

  /** Copies and checks the sizes. */
  public Mlp {
    sizes = List.copyOf(sizes);
    if (sizes.size() < 2) {
      throw new IllegalArgumentException(
          name + ": sizes " + sizes + ", expected inputs, hidden layers if any, and outputs");
    }
    sizes.forEach(size -> Features.requireSome(name, "features", size));
  }

  /** A perceptron whose last layer has no activation. */
  public Mlp(String name, List<Integer> sizes, Activation hidden) {
    this(name, sizes, hidden, Activation.IDENTITY);
  }

  @Override
  public int inputs() {
    return sizes.get(0);
  }

  @Override
  public int outputs() {
    return sizes.get(sizes.size() - 1);
  }

  @Override
  public List<Weight> weights() {
    return layers().stream().flatMap(layer -> layer.weights().stream()).toList();
  }

  @Override
  public Expr apply(Expr x) {
    Features.require(name, "input", x, inputs());
    Expr features = x;
    for (Dense layer : layers()) {
      features = layer.apply(features);
    }
    return features;
  }

  private List<Dense> layers() {
    List<Dense> layers = new ArrayList<>();
    int count = sizes.size() - 1;
    for (int i = 0; i < count; i++) {
      Activation activation = i + 1 < count ? hidden : last;
      double gain = i == 0 ? 1 : hidden.gain();
      layers.add(new Dense(name + "." + i, sizes.get(i), sizes.get(i + 1), activation, gain));
    }
    return layers;
  }
}
