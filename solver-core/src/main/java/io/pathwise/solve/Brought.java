package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Scalarise;
import io.pathwise.kernel.Recurrence;
import io.pathwise.kernel.Schedule;
import io.pathwise.kernel.TimeGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What paths bring along and what recurrences make of it before the first step.
 *
 * @param inputs what paths bring along
 * @param recurrences what is made of it
 */
record Brought(List<PathInput> inputs, List<Made> recurrences) {

  /** Nothing. */
  static final Brought NOTHING = new Brought(List.of(), List.of());

  /**
   * A recurrence over dates.
   *
   * @param recurrence the recurrence
   * @param dates years, increasing
   */
  record Made(Recurrence recurrence, List<Double> dates) {}

  /** Copies the lists. */
  Brought {
    inputs = List.copyOf(inputs);
    recurrences = List.copyOf(recurrences);
  }

  /** All dates: they are steps. */
  Set<Double> dates() {
    Set<Double> dates = new LinkedHashSet<>();
    inputs.forEach(input -> dates.addAll(input.dates()));
    recurrences.forEach(made -> dates.addAll(made.dates()));
    return dates;
  }

  /** The vectors of the program. */
  List<Expr> leaves() {
    return inputs.stream().map(PathInput::leaf).toList();
  }

  /** The recurrences of the program. */
  List<Recurrence> program() {
    return recurrences.stream().map(Made::recurrence).toList();
  }

  /** When they are read on a grid. */
  List<Schedule.Series> series(TimeGrid grid) {
    List<Schedule.Series> series = new ArrayList<>();
    inputs.forEach(input -> series.add(series(input.dates(), grid)));
    recurrences.forEach(made -> series.add(series(made.dates(), grid)));
    return series;
  }

  private static Schedule.Series series(List<Double> dates, TimeGrid grid) {
    int[] at = new int[grid.steps() + 1];
    if (dates.isEmpty()) {
      return new Schedule.Series(1, at);
    }
    int entry = 0;
    for (int k = 0; k < at.length; k++) {
      at[k] = entry;
      while (entry + 1 < dates.size()
          && grid.times()[grid.steps()] >= dates.get(entry)
          && grid.index(dates.get(entry)) <= k) {
        entry++;
      }
    }
    return new Schedule.Series(dates.size(), at);
  }

  /** The numbers, row by row of an {@link InputLayout}. */
  PathData data() {
    List<PathInput> of = new ArrayList<>();
    List<int[]> places = new ArrayList<>();
    for (PathInput input : inputs) {
      for (int entry = 0; entry < input.entries(); entry++) {
        for (int j = 0; j < input.size(); j++) {
          of.add(input);
          places.add(new int[] {entry, j});
        }
      }
    }
    PathInput[] source = of.toArray(PathInput[]::new);
    int[][] place = places.toArray(int[][]::new);
    return (path, row) -> {
      double value = source[row].values().value(path, place[row][0], place[row][1]);
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            source[row].name()
                + " of path "
                + path
                + ", entry "
                + place[row][0]
                + ", element "
                + place[row][1]
                + " = "
                + value
                + ", expected a finite number");
      }
      return value;
    };
  }

  /**
   * What does not fit.
   *
   * @param reading what steps, initial values and functionals compute
   * @param outputs the values of claims
   * @param parameters the declared parameters
   */
  List<String> problems(List<Expr> reading, List<Expr> outputs, List<String> parameters) {
    List<String> problems = new ArrayList<>();
    Map<String, Expr> known = new HashMap<>();
    for (PathInput input : inputs) {
      add(known, input.leaf(), problems);
    }
    Map<String, Expr> brought = new HashMap<>(known);
    Set<String> declared = new HashSet<>(parameters);
    for (Made made : recurrences) {
      Recurrence recurrence = made.recurrence();
      add(known, recurrence.value(), problems);
      recurrence(made, brought, declared, problems);
    }
    unknown("", reading, known, problems);
    unknown("a claim: ", outputs, brought, problems);
    return problems;
  }

  private static void add(Map<String, Expr> known, Expr leaf, List<String> problems) {
    if (known.put(leaf.name(), leaf) != null) {
      problems.add("two inputs are named " + leaf.name() + ", expected distinct names");
    }
  }

  private void recurrence(
      Made made, Map<String, Expr> brought, Set<String> declared, List<String> problems) {
    String where = "recurrence " + made.recurrence().name() + ": ";
    if (made.dates().isEmpty()) {
      problems.add(where + "no dates, expected at least one");
    }
    Expr later = Recurrence.later(made.recurrence().name(), made.recurrence().size());
    List<Expr> reads = List.of(made.recurrence().step());
    unknown(where, reads, brought, problems);
    for (Expr leaf : Graph.leaves(reads)) {
      if (leaf.leaf() == Leaf.PARAM) {
        for (Expr element : elements(leaf)) {
          if (!declared.contains(element.name())) {
            problems.add(where + "parameter " + element.name() + " is read but not declared");
            break;
          }
        }
      } else if (leaf.leaf() != Leaf.INPUT && !leaf.equals(later)) {
        problems.add(where + "reads " + leaf.name() + ", which it must not");
      }
    }
    for (PathInput input : inputs) {
      boolean read = Graph.dependsOn(reads, input.leaf());
      if (read && !input.dates().isEmpty() && !input.dates().equals(made.dates())) {
        problems.add(
            where
                + "dates "
                + made.dates()
                + ", expected those of "
                + input.name()
                + ", "
                + input.dates());
      }
    }
  }

  private static List<Expr> elements(Expr leaf) {
    return Scalarise.scalars(List.of(leaf));
  }

  private static void unknown(
      String where, List<Expr> values, Map<String, Expr> known, List<String> problems) {
    for (Expr leaf : Graph.leaves(values)) {
      if (leaf.leaf() == Leaf.INPUT && !leaf.equals(known.get(leaf.name()))) {
        problems.add(
            where
                + "input "
                + leaf.name()
                + ", a "
                + leaf.shape()
                + ", is not among what it may read: "
                + Arrays.toString(known.values().stream().map(Expr::name).sorted().toArray()));
      }
    }
  }
}
