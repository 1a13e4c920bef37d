package io.pathwise.spark.job;

import io.pathwise.expr.Spelling;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that was probably meant, and lists the known names. */
final class Suggestion {
  /** Of more names than this the first are listed. */
  private static final int MOST_LISTED = 100;

  private Suggestion() {}

  /** "expected one of a, b, c; did you mean 'b'?" */
  static String expected(String name, Collection<String> known) {
    List<String> sorted = known.stream().distinct().sorted().toList();
    String meant = nearest(name, sorted).map(n -> "; did you mean '" + n + "'?").orElse("");
    if (sorted.isEmpty()) {
      return "expected nothing here";
    }
    return sorted.size() == 1
        ? "expected " + sorted.get(0) + meant
        : "expected one of " + listed(sorted) + meant;
  }

  private static String listed(List<String> names) {
    int more = names.size() - MOST_LISTED;
    return more <= 0
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_LISTED)) + " and " + more + " more";
  }

  /** The known name at the least edit distance, if that is small for the length of the name. */
  static Optional<String> nearest(String name, Collection<String> known) {
    String lower = name.toLowerCase(Locale.ROOT);
    record Candidate(String name, int distance) {}
    return known.stream()
        .map(k -> new Candidate(k, Spelling.distance(lower, k.toLowerCase(Locale.ROOT))))
        .filter(c -> c.distance() <= Math.max(1, (lower.length() + 1) / 3))
        .filter(c -> c.distance() < c.name().length())
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }
}
