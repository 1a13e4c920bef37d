package io.pathwise.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.model.Catalogue;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the documents say of the catalogue; {@code -Dpathwise.update=true} writes the table. */
class SchemesTest {
  private static final Path DOCS = Path.of(System.getProperty("pathwise.root"), "docs");
  private static final Path CHOICE = DOCS.resolve("choose-a-solver.md");
  private static final String BEGIN = "<!-- recommended -->\n";
  private static final String END = "<!-- /recommended -->\n";

  private static Sde sde(Calculus calculus, NoiseType noise) {
    return TestSdes.periodic(calculus, noise, 1).sde();
  }

  @Test
  void everyCalculusAndNoiseTypeHasARecommendedScheme() {
    for (Calculus calculus : Calculus.values()) {
      for (NoiseType noise : NoiseType.values()) {
        assertThat(Schemes.recommended(sde(calculus, noise)).supports(sde(calculus, noise)))
            .as(calculus + " " + noise)
            .isTrue();
      }
    }
  }

  @Test
  void whereStrongOrdersDifferTheRecommendedSchemeHasTheHighestUnlessChannelsDoNotCommute() {
    for (Calculus calculus : Calculus.values()) {
      for (NoiseType noise : NoiseType.values()) {
        if (noise != NoiseType.GENERAL) {
          Sde sde = sde(calculus, noise);
          assertThat(Schemes.recommended(sde).strongOrder(noise))
              .as(calculus + " " + noise)
              .isEqualTo(
                  Schemes.all().stream()
                      .filter(s -> s.supports(sde))
                      .mapToDouble(s -> s.strongOrder(noise))
                      .max()
                      .orElseThrow());
        }
      }
    }
  }

  @Test
  void knownStructureIsPreferred() {
    assertThat(Schemes.recommended(TestSdes.pendulum().sde()).name()).isEqualTo("quicsort");
    Sde blackScholes = Catalogue.find("black-scholes").orElseThrow().sde(Set.of());
    assertThat(Schemes.recommended(blackScholes).name()).isEqualTo("exact");
  }

  @Test
  void aLangevinSchemeNamesTheStructureItNeeds() {
    assertThatThrownBy(() -> new Ubu().requireSupport(TestSdes.doubleWell(Calculus.ITO).sde()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scheme ubu needs of double-well")
        .hasMessageContaining("dx = v dt")
        .hasMessageContaining("shark");
  }

  @Test
  void theDocumentDescribesEveryScheme() throws IOException {
    String text = Files.readString(DOCS.resolve("schemes.md"));
    for (Scheme scheme : Schemes.all()) {
      assertThat(text.lines().filter(line -> line.startsWith("**`")))
          .as(scheme.name() + " in docs/schemes.md")
          .anyMatch(
              line -> line.substring(0, line.indexOf("**:")).contains("`" + scheme.name() + "`"));
    }
  }

  @Test
  void theTableOfTheChoiceIsWhatTheCatalogueSays() throws IOException {
    String text = Files.readString(CHOICE);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    String updated = text.substring(0, begin) + table() + text.substring(text.indexOf(END));
    if (Boolean.getBoolean("pathwise.update")) {
      Files.writeString(CHOICE, updated);
    }
    assertThat(CHOICE)
        .as("run SchemesTest with -Dpathwise.update=true to write the table")
        .content()
        .isEqualTo(updated);
  }

  private static String table() {
    StringBuilder out =
        new StringBuilder(
            """
            | calculus | noise | default | strong order | weak order | also |
            |---|---|---|---:|---:|---|
            """);
    for (NoiseType noise : NoiseType.values()) {
      for (Calculus calculus : Calculus.values()) {
        boolean both = noise == NoiseType.ADDITIVE;
        if (!both || calculus == Calculus.ITO) {
          Sde sde = sde(calculus, noise);
          Scheme best = Schemes.recommended(sde);
          out.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %s | `%s` | %.1f | %.1f | %s |%n",
                  both ? "both" : calculus == Calculus.ITO ? "Itô" : "Stratonovich",
                  noise.name().toLowerCase(Locale.ROOT),
                  best.name(),
                  best.strongOrder(noise),
                  best.weakOrder(noise),
                  Schemes.all().stream()
                      .filter(s -> s != best && s.supports(sde))
                      .map(s -> "`" + s.name() + "`")
                      .collect(Collectors.joining(", "))));
        }
      }
    }
    return out.toString();
  }
}
