package io.pathwise.spark.job;

import com.typesafe.config.ConfigValue;
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
    return List.copyOf(new LinkedHashSet<>(names));
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
