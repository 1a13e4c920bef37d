package io.pathwise.expr;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lists known names in an error, and finds the one that was probably meant. */
public final class Spelling {
  private static final int MOST_SHOWN = 30;

  private Spelling() {}

  /** "one of a, b, c; did you mean 'b'?" */
  static String oneOf(String name, Collection<String> known) {
    List<String> sorted = known.stream().distinct().sorted().toList();
    String shown = sorted.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
    int rest = sorted.size() - MOST_SHOWN;
    return "one of "
        + shown
        + (rest > 0 ? " and " + rest + " more" : "")
        + nearest(name, sorted).map(n -> "; did you mean '" + n + "'?").orElse("");
  }

  /** The known name that differs least, if it differs in case or in few letters. */
  static Optional<String> nearest(String name, Collection<String> known) {
    String lower = name.toLowerCase(Locale.ROOT);
    int tolerance = name.length() < 2 ? 0 : name.length() < 5 ? 1 : 2;
    record Candidate(String name, int distance) {}
    return known.stream()
        .filter(k -> Math.abs(k.length() - name.length()) <= tolerance)
        .map(k -> new Candidate(k, distance(lower, k.toLowerCase(Locale.ROOT))))
        .filter(c -> c.distance() <= tolerance)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  /**
   * The least number of insertions, deletions, changes and exchanges of neighbouring letters
   * (optimal string alignment).
   */
  public static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean exchanged =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        d[i][j] = exchanged ? Math.min(best, d[i - 2][j - 2] + 1) : best;
      }
    }
    return d[a.length()][b.length()];
  }
}
