package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.ExactTransition;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Correlated geometric Brownian motions: dS_i = mu_i S_i dt + sigma_i S_i dW_i with d[W_i, W_j] =
 * rho_ij dt (Glasserman 2003, section 3.2.3), on the states x_i = log S_i, where a step of any size
 * is exact. The noise is additive: sigma_i times row i of the Cholesky factor of the correlation
 * matrix, which is traced from the correlations, so that derivatives in them are as any others.
 *
 * <p>Asset A has the parameters {@code spot-A}, {@code mu-A} and {@code sigma-A}, and {@code
 * rho-A-B} with every asset B after it; its state is {@code x_A}, its price the observable {@code
 * A}.
 */
public final class CorrelatedGbm implements ModelType {
  /** The models of any assets. */
  public static final ModelFamily FAMILY = new Family();

  /** The most assets. */
  public static final int MOST_ASSETS = 50;

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  private final List<String> assets;
  private final List<Parameter> parameters;

  private CorrelatedGbm(List<String> assets) {
    this.assets = List.copyOf(assets);
    List<Parameter> all = new ArrayList<>();
    for (String asset : assets) {
      all.add(Parameter.required(spot(asset), Double.MIN_NORMAL, 1e12, "price today"));
    }
    for (String asset : assets) {
      all.add(Parameter.required(drift(asset), -10, 10, "expected growth, a year"));
    }
    for (String asset : assets) {
      all.add(Parameter.required(volatility(asset), 0, 10, "volatility, a square root year"));
    }
    for (int i = 0; i < assets.size(); i++) {
      for (int j = i + 1; j < assets.size(); j++) {
        String name = correlation(assets.get(i), assets.get(j));
        all.add(Parameter.optional(name, -1, 1, 0, "correlation of the two"));
      }
    }
    this.parameters = List.copyOf(all);
  }

  /** The parameter that is an asset's price today. */
  public static String spot(String asset) {
    return "spot-" + asset;
  }

  /** The parameter that is an asset's expected growth, a year. */
  public static String drift(String asset) {
    return "mu-" + asset;
  }

  /** The parameter that is an asset's volatility, a square root year. */
  public static String volatility(String asset) {
    return "sigma-" + asset;
  }

  /** The parameter that is the correlation of an asset with one after it. */
  public static String correlation(String asset, String later) {
    return "rho-" + asset + "-" + later;
  }

  /** The assets in their order. */
  public List<String> assets() {
    return assets;
  }

  /**
   * The correlation matrix of some parameters.
   *
   * @param values the parameters by name; correlations that are not there are 0
   * @return symmetric, with a unit diagonal
   */
  public double[][] correlations(Map<String, Double> values) {
    int n = assets.size();
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = 1;
      for (int j = i + 1; j < n; j++) {
        matrix[i][j] = values.getOrDefault(correlation(assets.get(i), assets.get(j)), 0.0);
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  /**
   * The same values, where correlations are named in another order of the assets: those of two
   * assets of this model then have the names that they have here.
   */
  public Map<String, Double> inOrder(Map<String, Double> values) {
    Map<String, Double> renamed = new LinkedHashMap<>(values);
    for (int i = 0; i < assets.size(); i++) {
      for (int j = i + 1; j < assets.size(); j++) {
        Double value = renamed.remove(correlation(assets.get(j), assets.get(i)));
        if (value != null) {
          renamed.putIfAbsent(correlation(assets.get(i), assets.get(j)), value);
        }
      }
    }
    return renamed;
  }

  @Override
  public String name() {
    return FAMILY.name();
  }

  @Override
  public String description() {
    return FAMILY.description();
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public Set<String> curves() {
    return Set.of();
  }

  @Override
  public Sde sde(Set<String> curves) {
    int n = assets.size();
    Expr y = Sde.state(n);
    Expr[][] cholesky = cholesky();
    List<Expr> start = new ArrayList<>();
    List<Expr> growth = new ArrayList<>();
    List<Expr> noise = new ArrayList<>();
    Map<String, Expr> observables = new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      String asset = assets.get(i);
      Expr sigma = Expr.param(volatility(asset));
      start.add(Expr.param(spot(asset)).log());
      growth.add(Expr.param(drift(asset)).minus(sigma.square().times(0.5)));
      for (int j = 0; j < n; j++) {
        noise.add(j > i ? Expr.ZERO : sigma.times(cholesky[i][j]));
      }
      observables.put(asset, y.get(i).exp());
    }
    return new Sde(
            name(),
            Calculus.ITO,
            NoiseType.ADDITIVE,
            assets.stream().map(asset -> "x_" + asset).toList(),
            n,
            parameters.stream().map(Parameter::name).toList(),
            Expr.concat(start).reshape(Shape.vector(n)),
            Expr.concat(growth).reshape(Shape.vector(n)),
            Expr.concat(noise).reshape(Shape.matrix(n, n)),
            observables)
        .with(ExactTransition.constantCoefficients());
  }

  /** The lower triangle L with L L' the correlation matrix, row by row (Cholesky-Banachiewicz). */
  private Expr[][] cholesky() {
    int n = assets.size();
    Expr[][] lower = new Expr[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        Expr rest = i == j ? Expr.ONE : Expr.param(correlation(assets.get(j), assets.get(i)));
        for (int k = 0; k < j; k++) {
          rest = rest.minus(lower[i][k].times(lower[j][k]));
        }
        lower[i][j] = i == j ? rest.sqrt() : rest.over(lower[j][j]);
      }
    }
    return lower;
  }

  private static final class Family implements ModelFamily {

    @Override
    public String name() {
      return "correlated-gbm";
    }

    @Override
    public String description() {
      return "Correlated geometric Brownian motions on log prices (Glasserman 2003, section 3.2.3)";
    }

    @Override
    public List<String> problems(List<String> assets) {
      List<String> problems = new ArrayList<>();
      if (assets.isEmpty() || assets.size() > MOST_ASSETS) {
        problems.add(assets.size() + " assets, expected 1 to " + MOST_ASSETS);
      }
      Set<String> seen = new LinkedHashSet<>();
      for (String asset : assets) {
        if (!IDENTIFIER.matcher(asset).matches()) {
          problems.add(
              "asset '" + asset + "', expected a letter, then letters, digits and underscores");
        } else if (!seen.add(asset)) {
          problems.add("asset '" + asset + "' is there twice, expected distinct names");
        }
      }
      return problems;
    }

    @Override
    public ModelType of(List<String> assets) {
      List<String> problems = problems(assets);
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(name() + ": " + String.join("; ", problems));
      }
      return new CorrelatedGbm(assets);
    }
  }
}
