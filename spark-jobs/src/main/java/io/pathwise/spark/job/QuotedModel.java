package io.pathwise.spark.job;

import com.typesafe.config.ConfigObject;
import io.pathwise.calibrate.Market;
import io.pathwise.model.Catalogue;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.ZeroCurve;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a model says about the market that quotes are valued on: a catalogue model by its parameters
 * spot, r and q, formulas by where their state S starts and by a parameter or curve r, and q where
 * there is one.
 */
final class QuotedModel {
  /** What may stand in columns beside the quotes. */
  static final Set<String> MARKET = Set.of(ModelSpec.SPOT, ModelSpec.RATE, ModelSpec.YIELD);

  private static final String STATES = "states";

  private QuotedModel() {}

  /** The parameters of the market and of the catalogue that a model of the job file may leave. */
  static List<String> open(String type, ConfigObject model) {
    if (!type.equals(FormulaModel.TYPE)) {
      return Catalogue.find(type)
          .map(found -> found.parameters().stream().map(Parameter::name).toList())
          .orElse(List.of());
    }
    List<String> open = new ArrayList<>(MARKET);
    if (model.get(STATES) instanceof ConfigObject states) {
      open.removeAll(states.keySet());
    }
    return open;
  }

  /** The market; nothing where the model has none. */
  static Optional<Market> market(ModelSpec model) {
    OptionalDouble spot = spot(model);
    boolean discounted =
        model.parameters().containsKey(ModelSpec.RATE)
            || model.curves().containsKey(ModelSpec.RATE);
    if (!(spot.orElse(0) > 0) || !discounted) {
      return Optional.empty();
    }
    return Optional.of(
        new Market(
            spot.getAsDouble(), rates(model, ModelSpec.RATE), rates(model, ModelSpec.YIELD)));
  }

  private static OptionalDouble spot(ModelSpec model) {
    if (model instanceof FormulaModel formulas) {
      String start = formulas.states().getOrDefault(ModelSpec.PRICE, "").strip();
      Double parameter = formulas.parameters().get(start);
      return parameter == null ? Section.parse(start) : OptionalDouble.of(parameter);
    }
    boolean quoted =
        model instanceof CatalogueModel catalogue
            && catalogue.model().parameters().stream()
                .map(Parameter::name)
                .toList()
                .containsAll(MARKET);
    Double spot = model.parameters().get(ModelSpec.SPOT);
    return quoted && spot != null ? OptionalDouble.of(spot) : OptionalDouble.empty();
  }

  /** The parameters that can be calibrated, with their values. */
  static Map<String, Double> calibrated(ModelSpec model) {
    Map<String, Double> values = new LinkedHashMap<>(model.parameters());
    Set<String> market = new HashSet<>(MARKET);
    if (model instanceof FormulaModel formulas) {
      market.add(formulas.states().getOrDefault(ModelSpec.PRICE, "").strip());
    }
    market.forEach(values::remove);
    return values;
  }

  private static ZeroCurve rates(ModelSpec model, String name) {
    ZeroCurve curve = model.curves().get(name);
    return curve == null ? ZeroCurve.flat(model.parameters().getOrDefault(name, 0.0)) : curve;
  }
}
