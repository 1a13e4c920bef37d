package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.expr.Spelling;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SuggestionTest {

  @Test
  void distancesCountInsertionsDeletionsChangesAndExchanges() {
    assertThat(Spelling.distance("", "")).isZero();
    assertThat(Spelling.distance("paths", "paths")).isZero();
    assertThat(Spelling.distance("pahts", "paths")).isEqualTo(1);
    assertThat(Spelling.distance("path", "paths")).isEqualTo(1);
    assertThat(Spelling.distance("pathss", "paths")).isEqualTo(1);
    assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Spelling.distance("", "abc")).isEqualTo(3);
  }

  @Property
  void theDistanceIsSymmetricAndAtMostTheLongerLength(
      @ForAll @AlphaChars @StringLength(max = 12) String a,
      @ForAll @AlphaChars @StringLength(max = 12) String b) {
    int distance = Spelling.distance(a, b);
    assertThat(distance).isEqualTo(Spelling.distance(b, a));
    assertThat(distance).isBetween(0, Math.max(a.length(), b.length()));
    assertThat(distance == 0).isEqualTo(a.equals(b));
  }

  @Test
  void theNearestNameIsSuggestedWhateverItsCase() {
    List<String> known = List.of("paths", "seed", "steps");
    assertThat(Suggestion.nearest("PATHS", known)).contains("paths");
    assertThat(Suggestion.nearest("stpes", known)).contains("steps");
    assertThat(Suggestion.nearest("zebra", known)).isEmpty();
  }

  @Test
  void aNameOfOneLetterIsNotSuggestedForAnother() {
    assertThat(Suggestion.nearest("x", List.of("a", "b"))).isEmpty();
  }

  @Test
  void theKnownNamesAreListedInOrder() {
    assertThat(Suggestion.expected("x", List.of("b", "a"))).isEqualTo("expected one of a, b");
    assertThat(Suggestion.expected("x", List.of("alpha"))).isEqualTo("expected alpha");
    assertThat(Suggestion.expected("x", List.of())).isEqualTo("expected nothing here");
  }
}
