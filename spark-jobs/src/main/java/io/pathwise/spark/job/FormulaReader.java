package io.pathwise.spark.job;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.ZeroCurve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads an equation written in a job file. */
final class FormulaReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String TIME = "t";

  private final Section section;
  private final Attachments attachments;
  private final Map<String, Double> parameters = new LinkedHashMap<>();
  private final Map<String, ZeroCurve> curves = new LinkedHashMap<>();

  private FormulaReader(Section section, Attachments attachments) {
    this.section = section;
    this.attachments = attachments;
  }

  /** The model; nothing, or one with problems, where anything is wrong. */
  static Optional<ModelSpec> read(Section section, Attachments attachments) {
    return new FormulaReader(section, attachments).model();
  }

  private Optional<ModelSpec> model() {
    Calculus calculus = section.requiredChoice("calculus", Calculus.class);
    NoiseType noise = section.requiredChoice("noise", NoiseType.class);
    if (section.has("parameters")) {
      section.section("parameters", "numbers by name").ifPresent(this::parameters);
    }
    Optional<Section> states = section.section("states", "an initial value for each state");
    Optional<Section> drift = section.section("drift", "a formula for each state");
    Optional<Section> diffusion =
        section.section("diffusion", "a formula for each state and Brownian channel");
    if (states.isEmpty() || drift.isEmpty() || diffusion.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = states.get().keys();
    if (names.isEmpty()) {
      section.complain("states", "expected at least one state");
    }
    names.forEach(name -> checkName(states.get(), name));
    FormulaCheck check = new FormulaCheck(section.problems(), noise, parameters, curves, names);
    Map<String, String> starts = new LinkedHashMap<>();
    Map<String, String> drifts = new LinkedHashMap<>();
    Map<String, List<String>> diffusions = new LinkedHashMap<>();
    for (String name : names) {
      states.get().text(name).ifPresent(text -> starts.put(name, text));
      check.initial(states.get().path(name), states.get().object().get(name), name);
    }
    for (String name : names) {
      covered(drift.get(), name, "the drift of state " + name)
          .ifPresent(
              value -> {
                drift.get().text(name).ifPresent(text -> drifts.put(name, text));
                check.drift(drift.get().path(name), value);
              });
      covered(diffusion.get(), name, "the diffusion of state " + name)
          .ifPresent(value -> diffusions.put(name, channels(diffusion.get(), name, value, check)));
    }
    drift.get().finish("state");
    diffusion.get().finish("state");
    checkChannels(noise, diffusion.get(), diffusions);
    List<JumpSpec> jumps = JumpsReader.read(section, check, names);
    return Optional.of(
        new FormulaModel(calculus, noise, parameters, curves, starts, drifts, diffusions, jumps));
  }

  private void parameters(Section given) {
    for (String name : given.keys()) {
      checkName(given, name);
      // A wrong value is NaN: its name stays known to the formulas.
      if (ModelReader.isObject(given, name)) {
        ModelReader.curve(given, name, attachments)
            .ifPresentOrElse(
                curve -> curves.put(name, curve), () -> parameters.put(name, Double.NaN));
      } else {
        parameters.put(name, given.number(name, Range.FINITE).orElse(Double.NaN));
      }
    }
  }

  private void checkName(Section names, String name) {
    if (!NAME.matcher(name).matches() || name.equals(TIME)) {
      names.complain(
          name, "expected a name of letters, digits and _ that is not t, which is the time");
    }
    boolean both = names.path(name).startsWith(section.path("states"));
    if (both && (parameters.containsKey(name) || curves.containsKey(name))) {
      names.complain(name, "a parameter has this name too, expected different names");
    }
  }

  private static Optional<ConfigValue> covered(Section formulas, String state, String what) {
    Optional<ConfigValue> value = formulas.value(state);
    if (value.isEmpty()) {
      formulas.missing(state, what);
    }
    return value;
  }

  private static List<String> channels(
      Section formulas, String state, ConfigValue value, FormulaCheck check) {
    List<String> texts = new ArrayList<>();
    if (value instanceof ConfigList list) {
      texts.addAll(formulas.texts(state, "formulas"));
      for (int i = 0; i < list.size(); i++) {
        check.diffusion(formulas.path(state) + "[" + (i + 1) + "]", list.get(i), state);
      }
    } else {
      formulas.text(state).ifPresent(texts::add);
      check.diffusion(formulas.path(state), value, state);
    }
    return texts;
  }

  /** One formula a state for diagonal and scalar noise, else as many as the first state has. */
  private static void checkChannels(
      NoiseType noise, Section formulas, Map<String, List<String>> diffusions) {
    boolean single = noise == NoiseType.DIAGONAL || noise == NoiseType.SCALAR;
    int expected = 1;
    String because = Section.spell(noise) + " noise";
    if (!single && !diffusions.isEmpty()) {
      Map.Entry<String, List<String>> first = diffusions.entrySet().iterator().next();
      expected = Math.max(1, first.getValue().size());
      because = "as many as state " + first.getKey() + " has Brownian channels";
    }
    for (Map.Entry<String, List<String>> entry : diffusions.entrySet()) {
      int found = entry.getValue().size();
      if (found != expected) {
        formulas.complain(
            entry.getKey(), found + " formulas, expected " + expected + " (" + because + ")");
      }
    }
  }
}
