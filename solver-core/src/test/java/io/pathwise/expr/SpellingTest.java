package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  @ParameterizedTest
  @CsvSource({
    "kappa, kappa, 0",
    "kapa, kappa, 1",
    "kappaa, kappa, 1",
    "koppa, kappa, 1",
    "kpapa, kappa, 1",
    "'', abc, 3",
    "abc, '', 3",
    "sigma, theta, 4",
    "ca, abc, 3"
  })
  void distance_counts_insertions_deletions_changes_and_exchanges(
      String a, String b, int distance) {
    assertThat(Spelling.distance(a, b)).isEqualTo(distance);
    assertThat(Spelling.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void the_nearest_name_is_found_whatever_its_case() {
    List<String> known = List.of("kappa", "theta", "xi", "S");
    assertThat(Spelling.nearest("thta", known)).contains("theta");
    assertThat(Spelling.nearest("THETA", known)).contains("theta");
    assertThat(Spelling.nearest("s", known)).contains("S");
    assertThat(Spelling.nearest("xy", known)).contains("xi");
    assertThat(Spelling.nearest("rho", known)).isEmpty();
    assertThat(Spelling.nearest("q", known)).isEmpty();
  }

  @Test
  void of_names_equally_near_the_first_in_the_alphabet_is_taken() {
    assertThat(Spelling.nearest("rate3", List.of("rate2", "rate1"))).contains("rate1");
  }

  @Test
  void known_names_are_listed_in_order() {
    assertThat(Spelling.oneOf("q", List.of("b", "a", "b"))).isEqualTo("one of a, b");
    assertThat(Spelling.oneOf("kapa", List.of("theta", "kappa")))
        .isEqualTo("one of kappa, theta; did you mean 'kappa'?");
  }
}
