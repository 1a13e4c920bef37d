package io.pathwise.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The orders of every scheme on every noise type it supports, by regression, within 0.15 of what
 * the scheme declares; docs/schemes.md holds the table, and {@code -Dpathwise.update=true} writes
 * it. Strong orders come from 256 paths of a fixed seed, weak ones are without random numbers.
 */
class OrderTest {
  private static final double TOLERANCE = 0.15;
  private static final Path DOCUMENT =
      Path.of(System.getProperty("pathwise.root"), "docs", "schemes.md");
  private static final String BEGIN = "<!-- orders -->\n";
  private static final String END = "<!-- /orders -->\n";
  private static final Map<String, Orders.Measured> STRONG = new LinkedHashMap<>();
  private static final Map<String, Orders.Measured> WEAK = new LinkedHashMap<>();

  static List<SchemeCases.Case> cases() {
    return SchemeCases.all();
  }

  private static Orders.Measured strong(SchemeCases.Case one) {
    return STRONG.computeIfAbsent(one.toString(), key -> one.strong());
  }

  private static Orders.Measured weak(SchemeCases.Case one) {
    return WEAK.computeIfAbsent(one.toString(), key -> one.weak());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aSchemeConvergesOnThePathAtItsStrongOrder(SchemeCases.Case one) {
    Orders.Measured measured = strong(one);
    assertThat(measured.order())
        .as(measured.toString())
        .isCloseTo(one.scheme().strongOrder(one.noise()), within(TOLERANCE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aSchemeConvergesInLawAtItsWeakOrder(SchemeCases.Case one) {
    Orders.Measured measured = weak(one);
    assertThat(measured.order())
        .as(measured.toString())
        .isCloseTo(one.scheme().weakOrder(one.noise()), within(TOLERANCE));
  }

  @Test
  void everySchemeIsMeasuredOnEveryNoiseTypeItLists() {
    for (Scheme scheme : Schemes.all()) {
      if (!SchemeCases.ELSEWHERE.containsKey(scheme.name())) {
        assertThat(
                cases().stream()
                    .filter(c -> c.scheme() == scheme)
                    .map(SchemeCases.Case::noise)
                    .distinct())
            .as(scheme.name())
            .containsExactlyInAnyOrderElementsOf(scheme.noiseTypes());
      }
    }
  }

  @Test
  void theTableOfTheDocumentIsWhatIsMeasured() throws IOException {
    String text = Files.readString(DOCUMENT);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    String updated = text.substring(0, begin) + table() + text.substring(text.indexOf(END));
    if (Boolean.getBoolean("pathwise.update")) {
      Files.writeString(DOCUMENT, updated);
    }
    assertThat(DOCUMENT)
        .as("run OrderTest with -Dpathwise.update=true to write the table")
        .content()
        .isEqualTo(updated);
  }

  private static String table() {
    StringBuilder out =
        new StringBuilder(
            "| scheme | calculus | noise | strong order | measured | error at 1/256 | weak order |"
                + " measured |\n|---|---|---|---:|---:|---:|---:|---:|\n");
    cases().forEach(one -> out.append(row(one)).append('\n'));
    return out.toString();
  }

  private static String row(SchemeCases.Case one) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.1f | %.2f | %.1e | %.1f | %.2f |",
        one.scheme().name(),
        calculi(one),
        one.langevin() ? "additive, Langevin" : one.noise().name().toLowerCase(Locale.ROOT),
        one.scheme().strongOrder(one.noise()),
        strong(one).order(),
        strong(one).last(),
        one.scheme().weakOrder(one.noise()),
        weak(one).order());
  }

  private static String calculi(SchemeCases.Case one) {
    return one.noise() == NoiseType.ADDITIVE
        ? "both"
        : one.calculus() == Calculus.ITO ? "Itô" : "Stratonovich";
  }
}
