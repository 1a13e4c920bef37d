package io.pathwise.spark.job;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.ParameterSpace;
import io.pathwise.model.CorrelatedGbm;
import io.pathwise.model.ModelType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a job estimates from which history. */
final class HistoryReader {
  /** The key of the section, beside which there are no quotes. */
  static final String KEY = "history";

  private static final String FREE = "free";
  private static final String WARM = "warm-start";
  private static final String PARAMETERS = "parameters";
  private static final String FORM = "{ csv = ..., series = [...], observations-per-year = ... }";

  /** What only quotes have. */
  private static final List<String> OF_QUOTES =
      List.of("pricer", "jacobian", "residuals", "weights", "penalties", "fresh", "uncertainty");

  /** What only searches from several starts have. */
  private static final List<String> OF_SEARCHES =
      List.of("optimiser", "tolerance", "iterations", "global", "starts", "starts-seed");

  private final Section job;
  private final Section section;
  private final Attachments attachments;

  private HistoryReader(Section job, Section section, Attachments attachments) {
    this.job = job;
    this.section = section;
    this.attachments = attachments;
  }

  /** Whether a job has a history, and no quotes unless it has both. */
  static boolean isHistory(Section job) {
    return job.value(CalibrationReader.KEY)
        .filter(ConfigObject.class::isInstance)
        .map(found -> ((ConfigObject) found).containsKey(KEY))
        .orElse(false);
  }

  /**
   * The model and its history.
   *
   * @param model without values, unless it is written in formulas
   * @param history nothing where anything is wrong
   */
  record Found(Optional<ModelSpec> model, Optional<HistorySpec> history) {}

  /** Reads the model and its history; problems where anything is wrong. */
  static Found read(Section job, Optional<LocalDate> asOf, Attachments attachments) {
    Section section = job.section(CalibrationReader.KEY, FORM).orElseThrow();
    return new HistoryReader(job, section, attachments).read(asOf);
  }

  private Found read(Optional<LocalDate> asOf) {
    int before = job.problems().count();
    for (String key : OF_QUOTES) {
      refuse(key, "belongs to quotes, expected no such key with a history");
    }
    for (String key : OF_SEARCHES) {
      refuse(key, "expected no such key: the likelihood of a history has a search of its own");
    }
    refuse("quotes", "expected either quotes or a history");
    job.know("model");
    Optional<HistoryModel> kind = kind();
    Optional<FreeReader> free =
        kind.filter(HistoryModel.FORMULA::equals).map(found -> FreeReader.of(section, ""));
    Optional<ModelSpec> model = kind.flatMap(found -> model(found, free));
    Optional<HistorySpec.Likelihood> likelihood =
        section.choice("likelihood", HistorySpec.Likelihood.class);
    kind.ifPresent(found -> checkLikelihood(found, likelihood));
    boolean warm = section.choice(WARM, List.of("true", "false")).orElse("true").equals("true");
    CalibrationSpec.Guards guards = GuardsReader.read(section);
    if (guards.maxResidual().isPresent()) {
      section.section("guards", "").orElseThrow().complain("max-residual", "a history has none");
    }
    Optional<HistoryRows> rows =
        section
            .section(KEY, FORM)
            .map(
                found -> {
                  HistoryRows read =
                      HistoryRows.read(
                          found,
                          names(found, model),
                          kind.map(HistoryModel::range).orElse(Range.FINITE),
                          asOf,
                          attachments);
                  found.finish("key of a history");
                  return read;
                });
    section.finish("key");
    Optional<ParameterSpace> space = model.flatMap(found -> space(found, free));
    if (job.problems().count() > before) {
      return new Found(model, Optional.empty());
    }
    HistoryRows found = rows.orElseThrow();
    return new Found(
        model,
        Optional.of(
            new HistorySpec(
                kind.orElseThrow(),
                likelihood.orElse(kind.orElseThrow().likelihoods().get(0)),
                found.step(),
                found.series(),
                space.orElseThrow(),
                warm,
                guards,
                found.source(),
                found.dropped())));
  }

  private void refuse(String key, String complaint) {
    if (section.has(key)) {
      section.complain(key, complaint);
    }
  }

  /** The model's kind; nothing, and a problem, where a history does not determine it. */
  private Optional<HistoryModel> kind() {
    Optional<Section> model = job.section("model", "{ type = ... }");
    if (model.isEmpty()) {
      return Optional.empty();
    }
    String expected = "one of " + String.join(", ", HistoryModel.types());
    if (!model.get().has("type")) {
      model.get().missing("type", expected);
      return Optional.empty();
    }
    Optional<String> type = model.get().text("type");
    Optional<HistoryModel> found = type.flatMap(HistoryModel::find);
    if (type.isPresent() && found.isEmpty()) {
      model.get().complain("type", "cannot be estimated from a history, expected " + expected);
    }
    return found;
  }

  /** The model: one of the catalogue without values, or formulas with those of free parameters. */
  private Optional<ModelSpec> model(HistoryModel kind, Optional<FreeReader> free) {
    if (kind == HistoryModel.FORMULA) {
      Optional<ModelSpec> model = ModelReader.read(completed(free.orElseThrow()), attachments);
      model
          .filter(found -> ((FormulaModel) found).stateNames().size() != 1)
          .ifPresent(
              found ->
                  declared().complain("states", "of a history, expected one state to observe"));
      return model;
    }
    refuse(FREE, "expected no such key: all parameters are estimated");
    refuse(WARM, "expected no such key: the estimates start from the history alone");
    Section declared = declared();
    declared.know("type");
    if (declared.has(PARAMETERS)) {
      declared.complain(
          PARAMETERS, "expected none: all of them are estimated, the price is the last one");
    }
    Optional<ModelType> type = ModelReader.type(declared);
    declared.finish("key of a " + kind.type() + " model");
    return type.map(found -> new CatalogueModel(found, Map.of(), Map.of()));
  }

  private Section declared() {
    return job.section("model", "{ type = ... }").orElseThrow();
  }

  /** The job with the starts of free parameters, where its model leaves them open. */
  private Section completed(FreeReader free) {
    ConfigObject model = declared().object();
    ConfigObject open = ConfigValueFactory.fromMap(free.values());
    Object given = model.get(PARAMETERS);
    if (given != null && !(given instanceof ConfigObject)) {
      return job;
    }
    ConfigObject parameters =
        given == null ? open.withOrigin(model.origin()) : ((ConfigObject) given).withFallback(open);
    return Section.of(
        "",
        job.object().withValue("model", model.withValue(PARAMETERS, parameters)),
        job.problems());
  }

  private void checkLikelihood(HistoryModel kind, Optional<HistorySpec.Likelihood> likelihood) {
    if (likelihood.isPresent() && !kind.likelihoods().contains(likelihood.get())) {
      section.complain(
          "likelihood",
          "not of %s, expected %s"
              .formatted(
                  kind.type(),
                  String.join(" or ", kind.likelihoods().stream().map(Section::spell).toList())));
    }
  }

  /** The names of the series; nothing where neither the job nor the model says them. */
  private static Optional<List<String>> names(Section history, Optional<ModelSpec> model) {
    Optional<List<String>> assets =
        model
            .filter(CatalogueModel.class::isInstance)
            .map(found -> ((CatalogueModel) found).model())
            .filter(CorrelatedGbm.class::isInstance)
            .map(found -> ((CorrelatedGbm) found).assets());
    if (!history.has("series")) {
      return assets;
    }
    List<String> names = history.texts("series", "a list of columns");
    int expected = assets.map(List::size).orElse(1);
    boolean sound = model.isEmpty() || names.size() == expected;
    if (!sound) {
      history.complain(
          "series",
          names.size()
              + " columns, expected "
              + assets.map(all -> "one of each of the assets " + all).orElse("one of this model"));
    }
    if (names.stream().distinct().count() < names.size()) {
      history.complain("series", "a column stands twice, expected each once");
    }
    return Optional.of(names);
  }

  /** The parameters of formulas; of other models an empty space. */
  private Optional<ParameterSpace> space(ModelSpec model, Optional<FreeReader> free) {
    List<CalibrationParameter> parameters = new ArrayList<>();
    if (free.isPresent()) {
      int before = job.problems().count();
      free.get().check(model.parameters().keySet());
      model
          .parameters()
          .forEach(
              (name, value) ->
                  parameters.add(
                      free.get().of(name, false).orElse(CalibrationParameter.fixed(name, value))));
      if (job.problems().count() > before) {
        return Optional.empty();
      }
    }
    return Optional.of(new ParameterSpace(parameters));
  }
}
