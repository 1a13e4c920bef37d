package io.pathwise.calibrate;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.estimate.Moments;
import io.pathwise.model.Catalogue;
import io.pathwise.model.ModelType;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.scheme.Scheme;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Simulated prices with pathwise derivatives, all options in one run. The seed is the pricer's, so
 * every call sees the same noise: the objective is a smooth function of the parameters (common
 * random numbers), with an error of the noise that {@link Calibration#revalued} shows.
 *
 * @param type the model
 * @param market what options are priced on; its rates enter as curves
 * @param scheme the numerical method
 * @param step the step size in years
 * @param paths how many are simulated
 * @param seed of the noise
 * @param threads how many; the numbers do not depend on it
 * @param method how derivatives are computed
 */
public record MonteCarloPricer(
    ModelType type,
    Market market,
    Scheme scheme,
    double step,
    long paths,
    long seed,
    int threads,
    GradientMethod method)
    implements Pricer {
  private static final Set<String> CURVES = Set.of("r", "q");
  private static final String SPOT = "spot";

  /**
   * A pricer of a catalogue model, whose derivatives are computed as the solver chooses, on the
   * cores of this machine.
   *
   * @throws IllegalArgumentException if the catalogue has no such model of a price S
   */
  public static MonteCarloPricer of(
      String model, Market market, Scheme scheme, double step, long paths, long seed) {
    ModelType type =
        Catalogue.find(model)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "model "
                            + model
                            + ", expected one of "
                            + Catalogue.all().stream().map(ModelType::name).toList()));
    if (!type.curves().equals(CURVES)) {
      throw new IllegalArgumentException(
          "simulated prices of " + model + ", expected a model of a price with rates r and q");
    }
    return new MonteCarloPricer(
        type,
        market,
        scheme,
        step,
        paths,
        seed,
        Runtime.getRuntime().availableProcessors(),
        GradientMethod.AUTO);
  }

  /** The same with fresh noise and another number of paths. */
  public MonteCarloPricer fresh(long newSeed, long newPaths) {
    return new MonteCarloPricer(type, market, scheme, step, newPaths, newSeed, threads, method);
  }

  /** The same with another way to compute derivatives. */
  public MonteCarloPricer by(GradientMethod other) {
    return new MonteCarloPricer(type, market, scheme, step, paths, seed, threads, other);
  }

  @Override
  public String model() {
    return type.name();
  }

  @Override
  public List<String> parameters() {
    return type.parameters().stream()
        .map(Parameter::name)
        .filter(name -> !CURVES.contains(name) && !name.equals(SPOT))
        .toList();
  }

  @Override
  public ModelPrices price(
      Map<String, Double> values, List<Vanilla> options, List<String> derivatives) {
    Sde sde = type.sde(CURVES);
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.curve(market::discount));
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      Vanilla option = options.get(i);
      claims.add(
          contracts.european(
              id(i), option.option().type(), option.option().strike(), option.expiry()));
    }
    Map<String, Double> all = new HashMap<>(values);
    all.put(SPOT, market.spot());
    Solution solution =
        Solver.of(sde)
            .parameters(all)
            .curves(Map.of("r", market.rates(), "q", market.dividends()))
            .scheme(scheme)
            .step(step)
            .seed(seed)
            .threads(threads)
            .claims(claims)
            .gradient(derivatives)
            .gradientMethod(method)
            .solve(paths);
    double[] prices = new double[options.size()];
    double[] errors = new double[options.size()];
    double[][] slopes = new double[options.size()][derivatives.size()];
    for (int i = 0; i < options.size(); i++) {
      Moments value = solution.value(id(i));
      prices[i] = value.mean();
      errors[i] = value.standardError();
      for (int d = 0; d < derivatives.size(); d++) {
        slopes[i][d] = solution.derivative(id(i), derivatives.get(d)).mean();
      }
    }
    return new ModelPrices(prices, slopes, errors);
  }

  private static String id(int option) {
    return "option-" + option;
  }
}
