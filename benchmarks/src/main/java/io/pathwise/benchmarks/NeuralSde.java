package io.pathwise.benchmarks;

import io.pathwise.expr.Expr;
import io.pathwise.learn.Activation;
import io.pathwise.learn.Mlp;
import io.pathwise.learn.Weight;
import io.pathwise.learn.Weights;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Solver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * dy = f(y) dt + sigma dW in Stratonovich calculus on d states, where f is a network with one
 * hidden layer and sigma a number for each state: the second moment of the states after a year.
 *
 * @param states d
 * @param hidden the width of the layer
 */
record NeuralSde(int states, int hidden) {

  private Mlp network() {
    return new Mlp("f", List.of(states, hidden, states), Activation.LIPSWISH);
  }

  private String[] names() {
    List<String> names = new ArrayList<>(List.of(Weights.names(network().weights())));
    for (int i = 0; i < states; i++) {
      names.add("sigma" + i);
    }
    return names.toArray(String[]::new);
  }

  /** The number of differentiated parameters: weights, offsets and volatilities. */
  int parameters() {
    return names().length;
  }

  /** A year by reversible Heun. */
  Solver solver(int steps) {
    List<Weight> weights = network().weights();
    Map<String, Double> values = new HashMap<>(Weights.initial(weights, 7));
    Sde.Builder builder = Sde.stratonovich("neural").parameters(names());
    List<Expr> volatilities = new ArrayList<>();
    for (int i = 0; i < states; i++) {
      values.put("sigma" + i, 0.2 + 0.1 * i / states);
      volatilities.add(Expr.param("sigma" + i));
      builder.state("y" + i, Expr.of(0.1 * (i + 1)));
    }
    Sde sde =
        builder
            .drift((t, y) -> network().apply(y))
            .diagonal((t, y) -> Expr.concat(volatilities).times(y));
    return Solver.of(sde)
        .parameters(values)
        .scheme(Schemes.find("reversible-heun").orElseThrow())
        .step(1.0 / steps)
        .threads(1)
        .claim(Claim.value("moment", sde.state().square().sum(), 1));
  }

  /** The same with the derivatives in all parameters. */
  Solver differentiated(int steps) {
    return solver(steps).gradient(names());
  }
}
