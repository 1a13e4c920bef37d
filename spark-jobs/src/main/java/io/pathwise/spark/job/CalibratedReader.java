package io.pathwise.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.pathwise.model.CorrelatedGbm;
import io.pathwise.model.ModelType;
import io.pathwise.sde.Parameter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fills the parameters of a model in from the newest published fit. What was found stands in the
 * job as if the user had written it, so a run is told from others by the values, and a stored job
 * is complete.
 */
final class CalibratedReader {
  /** The key that names the job whose fits are taken. */
  static final String KEY = "calibrated";

  /** The key that says where parameters come from, in a job that is complete. */
  static final String FROM = "calibrated-from";

  private static final String MODEL = "model";
  private static final String PARAMETERS = "parameters";
  private static final String NAME = "name";
  private static final String MOST_DAYS = "max-age-days";
  private static final String FORM =
      "the name of a calibration, or { name = ..., max-age-days = 5 }";
  private static final int LONGEST_AGE = 36_500;
  private static final int MOST_NAMED = 12;

  private final Section model;
  private final Attachments attachments;

  private CalibratedReader(Section model, Attachments attachments) {
    this.model = model;
    this.attachments = attachments;
  }

  /**
   * A job whose model has its parameters.
   *
   * @param config the job
   * @param notes where they come from; empty where the job itself has them
   */
  record Completed(Config config, List<String> notes) {}

  /**
   * Fills the parameters in; the job as it is where it does not ask for that, and nothing, and a
   * problem, where there are none to be had.
   */
  static Optional<Completed> complete(
      Section job, Config resolved, Optional<LocalDate> date, Attachments attachments) {
    Optional<ConfigObject> object =
        job.value(MODEL).filter(ConfigObject.class::isInstance).map(found -> (ConfigObject) found);
    if (object.isEmpty()) {
      return Optional.of(new Completed(resolved, List.of()));
    }
    Section model = Section.of(MODEL, object.get(), job.problems());
    if (!model.has(KEY)) {
      List<String> notes =
          model.text(FROM).map(from -> List.of("parameters from " + from)).orElse(List.of());
      return Optional.of(new Completed(resolved, notes));
    }
    return new CalibratedReader(model, attachments).completed(resolved, date);
  }

  private Optional<Completed> completed(Config resolved, Optional<LocalDate> date) {
    Optional<Asked> asked = asked();
    if (model.text("type").equals(Optional.of(FormulaModel.TYPE))) {
      model.complain(KEY, "beside type = formula, expected a model of the catalogue");
      return Optional.empty();
    }
    Optional<ModelType> type = ModelReader.type(model);
    if (type.isEmpty()) {
      Config without = resolved.withoutPath(MODEL + "." + KEY);
      return Optional.of(new Completed(without, List.of())); // Its reader says what is wrong.
    }
    if (asked.isPresent() && date.isEmpty()) {
      model.complain(KEY, "a fit is of a date, expected the date of the run: as-of, or --as-of");
      return Optional.empty();
    }
    return asked.flatMap(
        wanted ->
            fit(wanted, type.get(), date.orElseThrow())
                .map(fit -> filled(resolved, wanted, type.get(), fit)));
  }

  /** Whose fits are taken, and how old they may be. */
  private record Asked(String name, OptionalLong mostDays) {}

  private Optional<Asked> asked() {
    if (!(model.value(KEY).orElseThrow() instanceof ConfigObject)) {
      return model.text(KEY).map(name -> new Asked(name, OptionalLong.empty()));
    }
    Section section = model.section(KEY, FORM).orElseThrow();
    int before = section.problems().count();
    if (!section.has(NAME)) {
      section.missing(NAME, "the name of the job that calibrates");
    }
    Optional<String> name = section.text(NAME);
    OptionalLong mostDays = section.whole(MOST_DAYS, 0, LONGEST_AGE);
    section.finish("key");
    return section.problems().count() > before
        ? Optional.empty()
        : name.map(found -> new Asked(found, mostDays));
  }

  private Optional<PublishedFit> fit(Asked asked, ModelType type, LocalDate date) {
    Optional<PublishedFit> fit = attachments.fit(model, KEY, asked.name(), type.name(), date);
    if (fit.isPresent()
        && asked.mostDays().isPresent()
        && fit.get().asOf().isBefore(date.minusDays(asked.mostDays().getAsLong()))) {
      model.complain(
          KEY,
          "stale: the newest published fit up to %s is %s, expected one of at most %d days before"
              .formatted(date, fit.get().origin(), asked.mostDays().getAsLong()));
      return Optional.empty();
    }
    return fit;
  }

  private Completed filled(Config resolved, Asked asked, ModelType type, PublishedFit fit) {
    Map<String, Double> found = new TreeMap<>(fit.values());
    if (type instanceof CorrelatedGbm several) {
      found = new TreeMap<>(several.inOrder(found));
    }
    ConfigValue given = model.value(PARAMETERS).orElse(ConfigFactory.empty().root());
    String from = fit.origin() + " (" + asked.name() + ")";
    Config completed =
        resolved
            .withoutPath(MODEL + "." + KEY)
            .withValue(MODEL + "." + FROM, ConfigValueFactory.fromAnyRef(from, KEY));
    if (!(given instanceof ConfigObject parameters)) {
      return new Completed(completed, List.of()); // Its reader says what is wrong.
    }
    List<String> taken = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    List<String> defaults = new ArrayList<>();
    ConfigObject all = parameters;
    for (Parameter parameter : type.parameters()) {
      String name = parameter.name();
      Double value = found.remove(name);
      ConfigValue own = parameters.get(name);
      boolean has = own != null && own.valueType() != ConfigValueType.NULL;
      if (value != null && has) {
        kept.add(name);
      } else if (value != null) {
        all = all.withValue(name, ConfigValueFactory.fromAnyRef(value, fit.origin()));
        taken.add(name);
      } else if (!has && parameter.defaultValue().isPresent()) {
        defaults.add(name + " = " + Range.plain(parameter.defaultValue().getAsDouble()));
      }
    }
    StringBuilder note = new StringBuilder("parameters from " + from + ": " + listed(taken));
    append(note, "given in the job", kept);
    append(note, "in neither, so by default", defaults);
    append(note, "of no use to this model", List.copyOf(new TreeSet<>(found.keySet())));
    return new Completed(
        completed.withValue(MODEL + "." + PARAMETERS, all), List.of(note.toString()));
  }

  private static void append(StringBuilder note, String what, List<String> names) {
    if (!names.isEmpty()) {
      note.append("; ").append(what).append(": ").append(listed(names));
    }
  }

  private static String listed(List<String> names) {
    int more = names.size() - MOST_NAMED;
    return names.isEmpty()
        ? "none"
        : more <= 0
            ? String.join(", ", names)
            : String.join(", ", names.subList(0, MOST_NAMED)) + " and " + more + " more";
  }
}
