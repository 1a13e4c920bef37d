package io.pathwise.spark.run;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.adjoint.SensitivityMethod;
import io.pathwise.solve.Derivatives;
import io.pathwise.spark.job.GradientSpec;
import io.pathwise.spark.job.Greek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the derivatives of a run came about, for the user and the result tables. */
final class DerivativeNotes {
  /** Trades beyond this number are counted and not listed. */
  private static final int MOST_LISTED = 10;

  private static final String PATHWISE = new SensitivityMethod.Pathwise().key();

  private DerivativeNotes() {}

  /**
   * Which strategy was chosen and why, and what is to be known of single trades.
   *
   * @param trades the numbers of the trades that are valued
   */
  static List<String> of(JobPlan plan, int[] trades) {
    if (plan.declared().greeks().isEmpty()) {
      return List.of();
    }
    List<String> notes = new ArrayList<>(chosen(plan));
    Map<String, List<String>> byNote = new LinkedHashMap<>();
    for (int i : trades) {
      String note = plan.plan().derivatives().claims().get(i).note();
      if (!note.isEmpty()) {
        byNote
            .computeIfAbsent(note, key -> new ArrayList<>())
            .add(plan.declared().trades().get(i).id());
      }
    }
    byNote.forEach((note, ids) -> notes.add("sensitivities of " + listed(ids) + ": " + note));
    return notes;
  }

  /** The choice of a strategy, where one was made. */
  static List<String> chosen(JobPlan plan) {
    GradientSpec gradient = plan.declared().gradient();
    boolean made = !plan.declared().greeks().isEmpty() && !gradient.reason().isEmpty();
    return made ? List.of(chosen(gradient)) : List.of();
  }

  /** A choice in words. */
  static String chosen(GradientSpec gradient) {
    return "gradient.method = %s%s"
        .formatted(
            gradient.method().key(), gradient.reason().isEmpty() ? "" : ": " + gradient.reason());
  }

  private static String listed(List<String> ids) {
    int more = ids.size() - MOST_LISTED;
    return String.join(", ", ids.subList(0, Math.min(MOST_LISTED, ids.size())))
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  /** The method of a derivative of trade {@code i} in the result tables. */
  static String method(JobPlan plan, int i, Greek greek) {
    Derivatives.OfClaim claim = plan.plan().derivatives().claims().get(i);
    List<String> keys = Arrays.asList(claim.method().split(", ", -1));
    String special = keys.stream().filter(key -> !key.equals(PATHWISE)).findFirst().orElse("");
    boolean pathwise = special.isEmpty() || (greek.order() < 2 && keys.contains(PATHWISE));
    return pathwise ? strategy(plan.declared().gradient().method()) : special;
  }

  /** The name of a strategy in the result tables: those with the same bits have one name. */
  static String strategy(GradientMethod method) {
    return switch (method) {
      case AUTO, STORED, CHECKPOINTED -> "adjoint";
      case REVERSIBLE, BACKSOLVE, TANGENT -> method.key();
    };
  }
}
