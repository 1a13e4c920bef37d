package io.pathwise.spark.job;

import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the compound Poisson terms of an equation written in a job file. */
final class JumpsReader {
  private static final String KEY = "jumps";

  private final Section term;
  private final FormulaCheck check;
  private final List<String> states;

  private JumpsReader(Section term, FormulaCheck check, List<String> states) {
    this.term = term;
    this.check = check;
    this.states = states;
  }

  /** The terms, in alphabetical order; what is wrong has become a problem. */
  static List<JumpSpec> read(Section model, FormulaCheck check, List<String> states) {
    if (!model.has(KEY)) {
      return List.of();
    }
    List<JumpSpec> jumps = new ArrayList<>();
    Optional<Section> terms = model.section(KEY, "{ name { intensity = ..., marks = ... } }");
    for (String name : terms.map(Section::keys).orElse(List.of())) {
      terms
          .get()
          .section(name, "{ intensity = ..., marks = ..., amplitude { ... } }")
          .flatMap(term -> new JumpsReader(term, check, states).term(name))
          .ifPresent(jumps::add);
    }
    return jumps;
  }

  private Optional<JumpSpec> term(String name) {
    int before = term.problems().count();
    Optional<String> intensity = required("intensity", "jumps a year, a formula");
    intensity.ifPresent(text -> check.intensity(term.path("intensity"), value("intensity")));
    Optional<String> bound = term.text("bound");
    bound.ifPresent(text -> check.constant(term.path("bound"), value("bound")));
    if (intensity.isPresent() && bound.isEmpty() && check.readsState(value("intensity"))) {
      term.missing("bound", "what the intensity, which reads a state, does not exceed");
    }
    JumpSpec.Law law = term.requiredChoice("marks", JumpSpec.Law.class);
    List<String> parameters = new ArrayList<>();
    if (term.has("marks")) {
      for (String key : law.keys()) {
        required(key, "a formula of the parameters, for " + Section.spell(law) + " marks")
            .ifPresent(
                text -> {
                  parameters.add(text);
                  check.constant(term.path(key), value(key));
                });
      }
    }
    Map<String, String> amplitude = amplitude();
    term.finish("key of a jump with " + Section.spell(law) + " marks");
    return term.problems().count() > before
        ? Optional.empty()
        : Optional.of(
            new JumpSpec(name, intensity.orElseThrow(), bound, law, parameters, amplitude));
  }

  private Map<String, String> amplitude() {
    Map<String, String> amplitude = new LinkedHashMap<>();
    Optional<Section> section = term.section("amplitude", "what a jump adds to each state");
    if (section.isEmpty()) {
      return amplitude;
    }
    section.get().know(states.toArray(String[]::new));
    for (String state : states) {
      section
          .get()
          .text(state)
          .ifPresent(
              text -> {
                amplitude.put(state, text);
                check.amplitude(
                    section.get().path(state), section.get().object().get(state), JumpSpec.MARK);
              });
    }
    if (section.get().keys().isEmpty()) {
      term.complain("amplitude", "expected at least one state that jumps");
    }
    section.get().finish("state");
    return amplitude;
  }

  private Optional<String> required(String key, String expected) {
    if (!term.has(key)) {
      term.missing(key, expected);
    }
    return term.text(key);
  }

  private ConfigValue value(String key) {
    return term.object().get(key);
  }
}
