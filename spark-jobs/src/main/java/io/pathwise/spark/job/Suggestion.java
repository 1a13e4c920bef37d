package io.pathwise.spark.job;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that was probably meant, and lists the known names. */
final class Suggestion {
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
        : "expected one of " + String.join(", ", sorted) + meant;
  }

  /** The known name at the least edit distance, if that is small for the length of the name. */
  static Optional<String> nearest(String name, Collection<String> known) {
    String lower = name.toLowerCase(Locale.ROOT);
    record Candidate(String name, int distance) {}
    return known.stream()
        .map(k -> new Candidate(k, distance(lower, k.toLowerCase(Locale.ROOT))))
        .filter(c -> c.distance() <= Math.max(1, (lower.length() + 1) / 3))
        .filter(c -> c.distance() < c.name().length())
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  /**
   * The least number of insertions, deletions, changes and exchanges of neighbours that turn one
   * text into the other (optimal string alignment distance).
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : least(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int least(int[][] d, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean exchanged =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return exchanged ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}
