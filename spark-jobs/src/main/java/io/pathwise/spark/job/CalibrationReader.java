package io.pathwise.spark.job;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.Market;
import io.pathwise.calibrate.OptionQuote;
import io.pathwise.calibrate.ParameterSpace;
import io.pathwise.calibrate.Residuals;
import io.pathwise.model.analytic.SmileModel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a job fits to which quotes. */
final class CalibrationReader {
  /** The key of the section. */
  static final String KEY = "calibration";

  private static final String FORM = "{ quotes { csv = ... }, free { ... } }";

  private final Section job;
  private final Section section;
  private final CalibrationPricer pricer;
  private final Optional<QuotesReader> quotes;
  private final FreeReader free;

  private CalibrationReader(
      Section job, Section section, Optional<LocalDate> date, Attachments attachments) {
    this.job = job;
    this.section = section;
    this.pricer =
        section.choice("pricer", CalibrationPricer.class).orElse(CalibrationPricer.ANALYTIC);
    this.quotes =
        section
            .section("quotes", "{ csv = ..., kind = implied-vol }, or history { csv = ... }")
            .map(found -> QuotesReader.read(found, date, attachments));
    this.free = FreeReader.of(section, modelType(job));
  }

  private static String modelType(Section job) {
    return job.value("model")
        .filter(ConfigObject.class::isInstance)
        .map(model -> ((ConfigObject) model).get("type"))
        .map(type -> String.valueOf(type.unwrapped()))
        .orElse("");
  }

  /** Begins to read the section: its quotes, and which parameters are free. */
  static Optional<CalibrationReader> begin(
      Section job, Optional<LocalDate> date, Attachments attachments) {
    return job.section(KEY, FORM)
        .map(section -> new CalibrationReader(job, section, date, attachments));
  }

  /**
   * The job with what its model may leave open here: the spot and the rates, which can stand beside
   * the quotes, and the values of free parameters, which are their starts.
   */
  Section completed() {
    Optional<ConfigObject> model =
        job.value("model")
            .filter(ConfigObject.class::isInstance)
            .map(found -> (ConfigObject) found);
    if (model.isEmpty()) {
      return job;
    }
    List<String> known = QuotedModel.open(modelType(job), model.get());
    ConfigObject open = none();
    for (Map.Entry<String, ConfigValue> found :
        quotes.map(QuotesReader::marketParameters).orElse(none()).entrySet()) {
      open =
          known.contains(found.getKey()) ? open.withValue(found.getKey(), found.getValue()) : open;
    }
    for (Map.Entry<String, Double> start : free.values().entrySet()) {
      open = open.withValue(start.getKey(), ConfigValueFactory.fromAnyRef(start.getValue()));
    }
    ConfigValue given = model.get().get("parameters");
    ConfigObject parameters =
        given == null
            ? open.withOrigin(model.get().origin())
            : given instanceof ConfigObject object ? beside(object, open) : null;
    if (parameters == null) {
      return job;
    }
    if (known.contains(ModelSpec.RATE) && !parameters.containsKey(ModelSpec.RATE)) {
      job.problems()
          .missing(
              "model.parameters." + ModelSpec.RATE,
              model.get().origin(),
              "a rate, a curve, or a column zero_rate beside the quotes");
    }
    ConfigObject completed =
        job.object().withValue("model", model.get().withValue("parameters", parameters));
    return Section.of("", completed, job.problems());
  }

  private static ConfigObject none() {
    return ConfigFactory.empty().root();
  }

  /** What is given, then what is open; a curve does not merge with a number or another curve. */
  private static ConfigObject beside(ConfigObject given, ConfigObject open) {
    ConfigObject both = given;
    for (Map.Entry<String, ConfigValue> entry : open.entrySet()) {
      if (!given.containsKey(entry.getKey())) {
        both = both.withValue(entry.getKey(), entry.getValue());
      }
    }
    return both;
  }

  /**
   * Reads the rest against the model; nothing where anything is wrong.
   *
   * @param model the model, where it is sound
   * @param defaults the seed and the number of paths of the simulation
   */
  Optional<CalibrationSpec> read(Optional<ModelSpec> model, CalibrationSpec.Fresh defaults) {
    SearchReader searching = new SearchReader(section, pricer);
    CalibrationSpec.Search search = searching.search();
    Residuals residuals = residuals();
    CalibrationSpec.Jacobian jacobian = jacobian();
    CalibrationSpec.Penalties penalties = PenaltiesReader.read(section);
    CalibrationSpec.Intervals intervals = UncertaintyReader.read(section, pricer);
    CalibrationSpec.Guards guards = GuardsReader.read(section);
    CalibrationSpec.Fresh fresh = fresh(defaults);
    section.finish("key");
    Optional<ParameterSpace> space = model.flatMap(found -> space(found, searching.isBoxed()));
    Optional<Market> market = model.flatMap(QuotedModel::market);
    if (market.isEmpty() || quotes.isEmpty()) {
      return Optional.empty();
    }
    List<OptionQuote> sound = quotes.get().quotes(market.get());
    if (residuals.weighting() == Residuals.Weighting.BID_ASK) {
      checkBidAsk(sound);
    }
    Set<String> names = QuotedModel.calibrated(model.get()).keySet();
    PenaltiesReader.check(section, penalties, names);
    return space.map(
        parameters ->
            new CalibrationSpec(
                pricer,
                jacobian,
                market.get(),
                sound,
                residuals,
                parameters,
                penalties,
                search,
                guards,
                fresh,
                UncertaintyReader.checked(section, intervals, parameters, sound.size()),
                quotes.get().source(),
                quotes.get().dropped()));
  }

  /** What the user should know of the quotes. */
  List<String> notes() {
    return quotes.map(QuotesReader::notes).orElse(List.of());
  }

  private void checkBidAsk(List<OptionQuote> sound) {
    List<String> without =
        sound.stream()
            .filter(quote -> !(quote.ask().orElse(0) > quote.bid().orElse(0)))
            .map(OptionQuote::id)
            .toList();
    if (!without.isEmpty()) {
      section.complain(
          "weights",
          "%d quotes have no ask above a bid, the first %s; expected columns bid and ask"
              .formatted(without.size(), without.get(0)));
    }
  }

  private Residuals residuals() {
    Residuals.Measure quoted =
        section
            .section("quotes", "")
            .flatMap(found -> found.choice("kind", OptionQuote.Kind.class))
            .filter(kind -> kind == OptionQuote.Kind.PRICE)
            .map(kind -> Residuals.Measure.PRICE)
            .orElse(Residuals.Measure.IMPLIED_VOL);
    return new Residuals(
        section.choice("residuals", Residuals.Measure.class).orElse(quoted),
        section.choice("weights", Residuals.Weighting.class).orElse(Residuals.Weighting.UNIFORM));
  }

  private CalibrationSpec.Jacobian jacobian() {
    if (section.has("jacobian") && pricer == CalibrationPricer.ANALYTIC) {
      section.complain(
          "jacobian", "that of analytic prices is exact, expected pricer = monte-carlo");
    }
    return section
        .choice("jacobian", CalibrationSpec.Jacobian.class)
        .orElse(CalibrationSpec.Jacobian.TANGENT);
  }

  private CalibrationSpec.Fresh fresh(CalibrationSpec.Fresh defaults) {
    if (!section.has("fresh")) {
      return defaults;
    }
    if (pricer == CalibrationPricer.ANALYTIC) {
      section.complain("fresh", "analytic prices have no noise, expected pricer = monte-carlo");
    }
    return section
        .section("fresh", "{ paths = ..., seed = ... }")
        .map(
            found -> {
              CalibrationSpec.Fresh fresh =
                  new CalibrationSpec.Fresh(
                      found.whole("paths", 1, SimulationReader.MOST_PATHS).orElse(defaults.paths()),
                      found.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(defaults.seed()));
              found.finish("key");
              return fresh;
            })
        .orElse(defaults);
  }

  /** Every parameter that the pricer reads, free or fixed; nothing where the model has no price. */
  private Optional<ParameterSpace> space(ModelSpec model, boolean boxed) {
    int before = job.problems().count();
    Optional<SmileModel> smile = SmileModel.find(model.type());
    if (pricer == CalibrationPricer.ANALYTIC && smile.isEmpty()) {
      refuse(
          "a model with semi-analytic prices, one of "
              + String.join(", ", SmileModel.all().stream().map(SmileModel::name).toList())
              + ", or pricer = monte-carlo");
      return Optional.empty();
    }
    if (QuotedModel.market(model).isEmpty()) {
      refuse(
          "a model of a price with parameters spot, r and q, or formulas with a rate r and a state S"
              + " that starts at a number above 0 or at a parameter");
      return Optional.empty();
    }
    Map<String, Double> values = QuotedModel.calibrated(model);
    if (pricer == CalibrationPricer.ANALYTIC) {
      values.keySet().retainAll(smile.orElseThrow().parameters());
    }
    free.check(values.keySet());
    List<CalibrationParameter> parameters = new ArrayList<>();
    values.forEach(
        (name, value) ->
            parameters.add(free.of(name, boxed).orElse(CalibrationParameter.fixed(name, value))));
    if (parameters.stream().noneMatch(CalibrationParameter::isFree) && free.values().isEmpty()) {
      section.complain("free", "expected at least one of " + String.join(", ", values.keySet()));
      return Optional.empty();
    }
    return job.problems().count() > before
        ? Optional.empty()
        : Optional.of(new ParameterSpace(parameters));
  }

  private void refuse(String expected) {
    job.section("model", "")
        .orElseThrow()
        .complain(
            "type",
            "cannot be calibrated by " + Section.spell(pricer) + " prices, expected " + expected);
  }
}
