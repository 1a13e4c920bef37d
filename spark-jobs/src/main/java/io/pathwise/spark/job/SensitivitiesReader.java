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
  private static final String KEY = "sensitivities";
  private static final String EXPECTED = "a list of delta, parameters, or parameter names";

  private SensitivitiesReader() {}

  /** The names as they stand, each once. */
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
              + " jump, so their pathwise adjoints are biased:"
              + " expected no sensitivities, or none of these trades");
    }
    if (kind.equals(Optional.of(JobKind.PRICE)) && model.isPresent()) {
      checkJumps(job, names, model.get());
    }
    return List.copyOf(new LinkedHashSet<>(names));
  }

  /** Refuses derivatives in what moves the times of jumps. */
  private static void checkJumps(Section job, List<String> names, ModelSpec model) {
    List<String> wanted = new ArrayList<>(names);
    if (names.contains(JobSpec.PARAMETERS)) {
      wanted.addAll(model.parameterNames());
    }
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
      List<String> others = new ArrayList<>(List.of(JobSpec.DELTA));
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

  private static void check(
      Section job, String path, ConfigValue value, String name, Optional<ModelSpec> model) {
    if (name.equals("gamma")) {
      job.problems().at(path, value, "second-order, not available in this version; expected delta");
      return;
    }
    if (model.isEmpty()) {
      return; // Its problems say why; parameter names are not known.
    }
    List<String> known = new ArrayList<>(List.of(JobSpec.DELTA, JobSpec.PARAMETERS));
    known.addAll(model.get().parameterNames());
    if (model.get().curves().containsKey(name)) {
      job.problems()
          .at(path, value, "a curve here and not a number, " + Suggestion.expected(name, known));
    } else if (!known.contains(name)) {
      job.problems().at(path, value, "unknown, " + Suggestion.expected(name, known));
    }
  }
}
