package io.pathwise.spark.job;

import io.pathwise.kernel.CurveNodes;
import io.pathwise.sde.InitialValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A derivative of a trade's value that a job asks for.
 *
 * @param measure the name of the derivative in the result tables
 * @param factor what it is the derivative in, for the result tables
 * @param parameters the parameters of the equation, one for a first derivative, two for a second
 *     one; none for the derivative in time
 * @param tenor the time of the node in years, for a node of a curve
 */
public record Greek(
    String measure, String factor, List<String> parameters, Optional<Double> tenor) {
  /** The derivative in the initial price. */
  static final String DELTA = "delta";

  /** The derivatives in all scalar parameters of the model. */
  static final String PARAMETERS = "parameters";

  /** The measure of a derivative in a parameter by name. */
  public static final String BY_PARAMETER = "d_param";

  /** The parameter that vega, vanna and volga are derivatives in. */
  static final String VOLATILITY = "sigma";

  private static final String RHO = "rho";
  private static final String THETA = "theta";

  /** What stands before a Greek whose name is that of a parameter of the model. */
  private static final String PREFIX = "greek-";

  /** Where the initial price stands in {@link #NAMED}. */
  private static final String SPOT = ModelSpec.SPOT;

  private static final Map<String, List<String>> NAMED = new LinkedHashMap<>();

  static {
    NAMED.put(DELTA, List.of(SPOT));
    NAMED.put("gamma", List.of(SPOT, SPOT));
    NAMED.put("vega", List.of(VOLATILITY));
    NAMED.put(RHO, List.of(ModelSpec.RATE));
    NAMED.put(THETA, List.of());
    NAMED.put("vanna", List.of(SPOT, VOLATILITY));
    NAMED.put("volga", List.of(VOLATILITY, VOLATILITY));
  }

  /** Copies the list. */
  public Greek {
    parameters = List.copyOf(parameters);
  }

  /** A derivative in what is no node of a curve. */
  Greek(String measure, String factor, List<String> parameters) {
    this(measure, factor, parameters, Optional.empty());
  }

  private static Greek in(String parameter) {
    return new Greek(BY_PARAMETER, parameter, List.of(parameter));
  }

  /** The order of the derivative in parameters: 1 or 2; 0 for that in time. */
  public int order() {
    return parameters.size();
  }

  /** What the derivative is measured in. */
  public String unit() {
    return switch (order()) {
      case 0 -> "price per year";
      case 1 -> "price per unit of " + factor;
      default -> "price per " + squared();
    };
  }

  private String squared() {
    return factor.contains(",")
        ? "unit of " + factor.replace(",", " and unit of ")
        : "squared unit of " + factor;
  }

  /**
   * The derivatives that names ask for, in the order of results: the named ones, then those in
   * parameters in the order of the model.
   *
   * @param spot the parameter of the equation that the initial price is
   */
  static List<Greek> all(List<String> names, ModelSpec model, String spot) {
    List<Greek> all = new ArrayList<>();
    NAMED.forEach(
        (measure, factors) -> {
          if (asked(names, measure, model)) {
            all.add(
                new Greek(
                    measure,
                    factors.isEmpty() ? "time" : factor(factors),
                    factors.stream().map(f -> f.equals(SPOT) ? spot : f).toList()));
          }
        });
    for (String parameter : model.parameterNames()) {
      if (names.contains(PARAMETERS) || names.contains(parameter)) {
        all.add(in(parameter));
      }
    }
    initialValues(model).stream().filter(names::contains).forEach(name -> all.add(in(name)));
    model
        .curves()
        .forEach(
            (name, curve) -> {
              for (int j = 0; names.contains(name) && j < curve.nodes(); j++) {
                String node = CurveNodes.parameter(name, j);
                all.add(
                    new Greek(BY_PARAMETER, node, List.of(node), Optional.of(curve.times()[j])));
              }
            });
    return all;
  }

  /** The names of the initial values of the states that a job file declares. */
  private static List<String> initialValues(ModelSpec model) {
    return model instanceof FormulaModel formula
        ? formula.stateNames().stream().map(InitialValues::parameter).toList()
        : List.of();
  }

  private static String factor(List<String> factors) {
    return factors.stream().distinct().collect(Collectors.joining(","));
  }

  /** Whether a derivative is asked for by its name, which a parameter of the model may have. */
  private static boolean asked(List<String> names, String measure, ModelSpec model) {
    boolean taken = model.parameterNames().contains(measure);
    return names.contains(PREFIX + measure) || (!taken && names.contains(measure));
  }

  /** The names that a model knows. */
  static List<String> known(ModelSpec model) {
    List<String> parameters = model.parameterNames();
    List<String> known = new ArrayList<>();
    NAMED.forEach(
        (measure, factors) -> {
          if (factors.stream().allMatch(f -> f.equals(SPOT) || parameters.contains(f))) {
            known.add(parameters.contains(measure) ? PREFIX + measure : measure);
          }
        });
    known.add(PARAMETERS);
    known.addAll(parameters);
    known.addAll(initialValues(model));
    known.addAll(model.curves().keySet());
    return known;
  }

  /** Whether a name is one of a derivative, of any model. */
  static boolean isNamed(String name) {
    return NAMED.containsKey(plain(name));
  }

  /** The names of parameters that are taken by the derivative of that name in other models. */
  static List<String> taken(List<String> names, ModelSpec model) {
    return names.stream()
        .filter(name -> NAMED.containsKey(name) && model.parameterNames().contains(name))
        .toList();
  }

  /** The name that asks for a derivative whatever the parameters of the model are called. */
  static String unmistakable(String measure) {
    return PREFIX + measure;
  }

  /** The parameters of a named derivative that a model lacks. */
  static List<String> missing(String name, ModelSpec model) {
    return NAMED.get(plain(name)).stream()
        .filter(f -> !f.equals(SPOT) && !model.parameterNames().contains(f))
        .distinct()
        .toList();
  }

  private static String plain(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  /** Whether it is a derivative in the initial price, among others. */
  static boolean inSpot(List<String> names) {
    return names.stream().anyMatch(n -> isNamed(n) && NAMED.get(plain(n)).contains(SPOT));
  }
}
