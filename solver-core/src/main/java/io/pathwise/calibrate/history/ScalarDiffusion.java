package io.pathwise.calibrate.history;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Scalarise;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.sde.GammaSubordination;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A time-homogeneous diffusion of one state, dx = mu(x) dt + sigma(x) dW in the Ito sense: what an
 * equation says of its first state where that moves without regard to the others.
 *
 * @param name the equation's
 * @param x the leaf that stands for the state
 * @param drift mu, a scalar of x and parameters
 * @param diffusion sigma, a scalar of x and parameters
 */
record ScalarDiffusion(String name, Expr x, Expr drift, Expr diffusion) {

  /**
   * The first state of an equation.
   *
   * @throws IllegalArgumentException naming all that makes it no diffusion of one state
   */
  static ScalarDiffusion of(Sde sde) {
    Sde ito = sde.toIto();
    Expr x = Scalarise.element(ito.state(), 0);
    Expr drift = Scalarise.scalars(List.of(ito.drift())).get(0);
    List<Expr> channels = channels(ito);
    List<String> problems = new ArrayList<>();
    if (!ito.jumps().isEmpty() || ito.capability(GammaSubordination.class).isPresent()) {
      problems.add("has jumps, expected a diffusion");
    }
    if (ito.capability(FractionalDriver.class).isPresent()) {
      problems.add("is driven by a fractional process, expected Brownian motion");
    }
    if (channels.isEmpty()) {
      problems.add("moves its first state without noise, expected a diffusion above 0");
    }
    List<Expr> read = new ArrayList<>(channels);
    read.add(drift);
    for (Expr leaf : Graph.leaves(read)) {
      if (leaf.leaf() != Leaf.PARAM && !leaf.equals(x)) {
        problems.add(
            "reads "
                + readable(ito, leaf)
                + ", expected parameters and its first state, "
                + ito.states().get(0)
                + ", alone");
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          sde.name()
              + " has no transition density of one state: it "
              + String.join("; ", problems));
    }
    return new ScalarDiffusion(sde.name(), x, drift, size(channels));
  }

  private static List<Expr> channels(Sde ito) {
    List<Expr> g = Scalarise.scalars(List.of(ito.diffusion()));
    int count = ito.noise() == NoiseType.DIAGONAL ? 1 : ito.channels();
    return g.subList(0, count).stream().filter(entry -> !entry.isConst(0)).toList();
  }

  /** One channel as it stands; the root of the sum of squares of several. */
  private static Expr size(List<Expr> channels) {
    if (channels.size() == 1) {
      return channels.get(0);
    }
    Expr sum = Expr.ZERO;
    for (Expr channel : channels) {
      sum = sum.plus(channel.square());
    }
    return sum.sqrt();
  }

  private static String readable(Sde sde, Expr leaf) {
    for (int i = 0; i < sde.states().size(); i++) {
      if (leaf.equals(Scalarise.element(sde.state(), i))) {
        return "the state " + sde.states().get(i);
      }
    }
    return leaf.equals(Sde.TIME) ? "time" : leaf.name();
  }

  /** The same where x is above 0: max(x, 0) is x. */
  ScalarDiffusion above0() {
    Map<Expr, Expr> parts = new HashMap<>();
    parts.put(x.max(0), x);
    parts.put(Expr.ZERO.max(x), x);
    List<Expr> both = Graph.substitute(List.of(drift, diffusion), parts);
    return new ScalarDiffusion(name, x, both.get(0), both.get(1));
  }

  /** The parameters that drift and diffusion read. */
  Set<String> parameters() {
    return Graph.leaves(List.of(drift, diffusion)).stream()
        .filter(leaf -> leaf.leaf() == Leaf.PARAM)
        .map(Expr::name)
        .collect(Collectors.toSet());
  }

  /**
   * Refuses a history on which the diffusion is not above 0.
   *
   * @throws IllegalArgumentException naming the first observation, or point between two
   */
  void requireNoise(Observations history, Map<String, Double> parameters) {
    Interpreter sigma = new Interpreter(List.of(diffusion));
    double[] path = history.values();
    for (int i = 0; i < 2 * path.length - 1; i++) {
      double at = i % 2 == 0 ? path[i / 2] : 0.5 * (path[i / 2] + path[i / 2 + 1]);
      double value = sigma.evaluate(leaf -> leaf.equals(x) ? at : parameters.get(leaf.name()))[0];
      if (!(value > 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException(
            "the diffusion of "
                + name
                + " is "
                + value
                + " at "
                + at
                + (i % 2 == 0 ? ", observation " : ", between the next and observation ")
                + (i / 2 + 1)
                + ", expected above 0 over the range of the history");
      }
    }
  }
}
