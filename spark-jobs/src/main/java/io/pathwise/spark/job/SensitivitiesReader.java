package io.pathwise.spark.job;

import com.typesafe.config.ConfigValue;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.sde.JumpTerm;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads which derivatives of a trade's value a job asks for. */
final class SensitivitiesReader {
  /** The key of the list. */
  static final String KEY = "sensitivities";

  private static final String EXPECTED =
      "a list of delta, gamma, vega, rho, theta, vanna, volga, parameters, or parameter names";

  private SensitivitiesReader() {}

  /**
   * The names as they stand, each once.
   *
   * @param trades those whose values must be continuous in the path
   */
  static List<String> read(
      Section job, Optional<JobKind> kind, Optional<ModelSpec> model, List<TradeSpec> trades) {
    List<String> names = job.texts(KEY, EXPECTED);
    List<ConfigValue> values = job.list(KEY, EXPECTED);
    boolean aligned = names.size() == values.size();
    for (int i = 0; aligned && i < names.size(); i++) {
      check(job, KEY + "[" + (i + 1) + "]", values.get(i), names.get(i), model);
    }
    List<String> refused =
        trades.stream()
            .filter(trade -> !trade.continuous())
            .map(trade -> trade.id() + " (" + trade.type() + ")")
            .toList();
    if (kind.equals(Optional.of(JobKind.PRICE)) && !names.isEmpty() && !refused.isEmpty()) {
      job.complain(
          KEY,
          "the payoffs of "
              + refused.stream().collect(Collectors.joining(", "))
              + " jump, so their pathwise derivatives are biased: expected sensitivity.method ="
              + " conditional (payoffs at expiry alone), likelihood-ratio or smoothing, no"
              + " sensitivities, or none of these trades");
    }
    if (kind.equals(Optional.of(JobKind.PRICE)) && model.isPresent()) {
      checkJumps(job, names, model.get());
    }
    return List.copyOf(new LinkedHashSet<>(names));
  }

  /** Refuses derivatives in what moves the times of jumps. */
  private static void checkJumps(Section job, List<String> names, ModelSpec model) {
    List<String> wanted =
        Greek.all(names, model, ModelSpec.SPOT).stream()
            .flatMap(greek -> greek.parameters().stream())
            .toList();
    Sde sde = model.sde();
    List<String> refused =
        wanted.stream()
            .distinct()
            .filter(
                name ->
                    sde.jumps().stream()
                        .anyMatch(
                            jump ->
                                jump.stateDependent()
                                    || Graph.dependsOn(
                                        List.of(jump.intensity()), Expr.param(name))))
            .toList();
    if (!refused.isEmpty()) {
      List<String> others = new ArrayList<>(List.of(Greek.DELTA));
      others.addAll(model.parameterNames());
      others.removeAll(refused);
      boolean all = sde.jumps().stream().anyMatch(JumpTerm::stateDependent);
      job.complain(
          KEY,
          String.join(", ", refused)
              + " moves the intensity of jumps, whose number has no pathwise derivative, expected "
              + (all ? "no sensitivities" : "names among " + String.join(", ", others)));
    }
  }

  /** A named derivative in a parameter that the model does not have. */
  private static void missing(
      Section job, String path, ConfigValue value, String name, ModelSpec model) {
    List<String> lacking = Greek.missing(name, model);
    boolean curve = lacking.stream().anyMatch(model.curves()::containsKey);
    job.problems()
        .at(
            path,
            value,
            "the derivative in "
                + String.join(", ", lacking)
                + ", which "
                + (curve ? "is a curve here" : "model " + model.type() + " does not have")
                + ": expected parameters by name, of "
                + String.join(", ", model.parameterNames()));
  }

  private static void check(
      Section job, String path, ConfigValue value, String name, Optional<ModelSpec> model) {
    if (model.isEmpty()) {
      return; // Its problems say why; parameter names are not known.
    }
    List<String> known = Greek.known(model.get());
    boolean named = Greek.isNamed(name) && !model.get().parameterNames().contains(name);
    if (named && !Greek.missing(name, model.get()).isEmpty()) {
      missing(job, path, value, name, model.get());
    } else if (!named && !known.contains(name)) {
      job.problems().at(path, value, "unknown, " + Suggestion.expected(name, known));
    }
  }
}
