package io.pathwise.spark.job;

import com.typesafe.config.ConfigObject;
import io.pathwise.model.Catalogue;
import io.pathwise.model.ModelType;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.ZeroCurve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the model of a job file. */
final class ModelReader {
  private final Section section;
  private final Attachments attachments;

  private ModelReader(Section section, Attachments attachments) {
    this.section = section;
    this.attachments = attachments;
  }

  /** The model; nothing where anything is wrong. */
  static Optional<ModelSpec> read(Section job, Attachments attachments) {
    int before = job.problems().count();
    Optional<Section> section = job.section("model", "{ type = ..., parameters { ... } }");
    Optional<ModelSpec> model =
        section.flatMap(found -> new ModelReader(found, attachments).model());
    return job.problems().count() > before ? Optional.empty() : model;
  }

  private Optional<ModelSpec> model() {
    List<String> types = new ArrayList<>(List.of(FormulaModel.TYPE));
    Catalogue.all().forEach(model -> types.add(model.name()));
    Catalogue.families().forEach(family -> types.add(family.name()));
    if (!section.has("type")) {
      section.missing("type", "one of " + String.join(", ", types));
      return Optional.empty();
    }
    Optional<String> type = section.choice("type", types);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Optional<ModelSpec> model =
        type.get().equals(FormulaModel.TYPE)
            ? FormulaReader.read(section, attachments)
            : type(section).flatMap(this::catalogue);
    if (section.has(CalibratedReader.KEY)) {
      section.complain(
          CalibratedReader.KEY,
          "expected no such key to calibrate: a fit starts from the one published before anyway"
              + " (calibration.warm-start)");
    }
    section.know(CalibratedReader.FROM);
    section.know("parameters"); // Not read where the assets are wrong.
    section.finish("key of a " + type.get() + " model");
    return model;
  }

  /** The catalogue model of a section; nothing, and problems, where its assets are wrong. */
  static Optional<ModelType> type(Section section) {
    String name = section.text("type").orElse("");
    return Catalogue.find(name)
        .or(() -> Catalogue.family(name).flatMap(family -> AssetsReader.read(section, family)));
  }

  private Optional<ModelSpec> catalogue(ModelType type) {
    Optional<Section> given = section.section("parameters", "the parameters of " + type.name());
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, ZeroCurve> curves = new LinkedHashMap<>();
    for (Parameter parameter : type.parameters()) {
      String name = parameter.name();
      Range range = range(parameter);
      if (type.curves().contains(name) && isObject(given.get(), name)) {
        curve(given.get(), name, attachments).ifPresent(curve -> curves.put(name, curve));
      } else if (given.get().has(name)) {
        given.get().number(name, range).ifPresent(value -> values.put(name, value));
      } else if (parameter.defaultValue().isPresent()) {
        values.put(name, parameter.defaultValue().getAsDouble());
      } else {
        given.get().missing(name, range.expected() + " (" + parameter.description() + ")");
      }
    }
    AssetsReader.check(given.get(), type, values);
    given.get().finish("parameter of " + type.name());
    return Optional.of(new CatalogueModel(type, values, curves));
  }

  /** Whether a parameter is given as an object, which only a curve is. */
  static boolean isObject(Section parameters, String name) {
    return parameters.value(name).filter(ConfigObject.class::isInstance).isPresent();
  }

  /** The curve in place of a parameter. */
  static Optional<ZeroCurve> curve(Section parameters, String name, Attachments attachments) {
    return parameters
        .section(name, "a curve")
        .flatMap(curve -> CurveReader.read(curve, attachments));
  }

  private static Range range(Parameter parameter) {
    boolean positive =
        parameter.lower() == Double.MIN_NORMAL || parameter.lower() == Double.MIN_VALUE;
    return new Range(positive ? 0 : parameter.lower(), positive, parameter.upper(), "");
  }
}
