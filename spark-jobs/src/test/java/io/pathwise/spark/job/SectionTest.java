package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import io.pathwise.payoff.BarrierType;
import io.pathwise.solve.OnNan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How single keys are read: the value where it is sound, a problem where it is not. */
class SectionTest {
  private final Problems problems = new Problems();

  private Section section(String text) {
    return Section.of("s", object(text), problems);
  }

  private static ConfigObject object(String text) {
    return ConfigFactory.parseString(
            text, ConfigParseOptions.defaults().setOriginDescription("x.conf"))
        .root();
  }

  private List<String> problems() {
    try {
      problems.throwIfAny();
      return List.of();
    } catch (BadJobException e) {
      return e.problems();
    }
  }

  @Test
  void numbersOfEverySpellingAreRead() {
    Section section = section("a = 1, b = 1.5, c = 1e3, d = -2");
    assertThat(section.number("a", Range.FINITE)).hasValue(1);
    assertThat(section.number("b", Range.FINITE)).hasValue(1.5);
    assertThat(section.number("c", Range.FINITE)).hasValue(1000);
    assertThat(section.requiredNumber("d", Range.FINITE)).isEqualTo(-2);
    assertThat(problems()).isEmpty();
  }

  @Test
  void anAbsentOrNullKeyIsNothing() {
    Section section = section("a = null");
    assertThat(section.has("a")).isFalse();
    assertThat(section.number("a", Range.FINITE)).isEmpty();
    assertThat(section.whole("b", 0, 1)).isEmpty();
    assertThat(section.text("b")).isEmpty();
    assertThat(section.choice("b", OnNan.class)).isEmpty();
    assertThat(section.numbers("b", Range.FINITE)).isEmpty();
    assertThat(problems()).isEmpty();
  }

  @Test
  void aRequiredKeyThatIsAbsentIsAProblem() {
    Section section = section("\n\na = 1");
    assertThat(section.requiredNumber("x", Range.above(0, ""))).isNaN();
    assertThat(section.requiredWhole("n", 2, Long.MAX_VALUE)).isEqualTo(2);
    assertThat(section.requiredChoice("c", OnNan.class)).isEqualTo(OnNan.FAIL);
    assertThat(section.section("o", "an object")).isEmpty();
    assertThat(problems())
        .hasSize(4)
        .contains("s.n is missing (x.conf:1): expected a whole number of at least 2");
  }

  @Test
  void wholeNumbersMayBeWrittenAsDecimals() {
    Section section = section("a = 1e6, b = 2.0, c = 9223372036854775807, d = 1e300, e = true");
    assertThat(section.whole("a", 0, Long.MAX_VALUE)).hasValue(1_000_000);
    assertThat(section.whole("b", 0, 2)).hasValue(2);
    assertThat(section.whole("c", 0, Long.MAX_VALUE)).hasValue(Long.MAX_VALUE);
    assertThat(problems()).isEmpty();
    assertThat(section.whole("d", Long.MIN_VALUE, Long.MAX_VALUE)).isEmpty();
    assertThat(section.whole("e", 0, 1)).isEmpty();
    assertThat(problems()).hasSize(2);
  }

  @Test
  void textsAreStrippedAndNotBlank() {
    Section section = section("a = \" x \", b = 7, c = \" \", d = [1], e = true");
    assertThat(section.text("a")).contains("x");
    assertThat(section.text("b")).contains("7");
    assertThat(section.text("e")).contains("true");
    assertThat(section.text("c")).isEmpty();
    assertThat(section.text("d")).isEmpty();
    assertThat(problems())
        .containsExactly(
            "s.c = \" \" (x.conf:1): expected a text", "s.d = [1] (x.conf:1): expected a text");
  }

  @Test
  void constantsAreWrittenInLowerCaseWithHyphens() {
    Section section = section("a = down-out, b = DOWN_OUT");
    assertThat(section.choice("a", BarrierType.class)).contains(BarrierType.DOWN_OUT);
    assertThat(section.choice("b", BarrierType.class)).isEmpty();
    assertThat(problems())
        .containsExactly(
            "s.b = \"DOWN_OUT\" (x.conf:1): expected one of down-in, down-out, up-in, up-out; did"
                + " you mean 'down-out'?");
  }

  @Test
  void listsNameTheirBadElements() {
    Section section = section("a = [1, two, 3], b = [x, [y]]");
    assertThat(section.numbers("a", Range.FINITE)).containsExactly(1.0, 3.0);
    assertThat(section.texts("b", "texts")).containsExactly("x");
    assertThat(problems())
        .containsExactly(
            "s.a[2] = \"two\" (x.conf:1): expected a finite number",
            "s.b[2] = [y] (x.conf:1): expected a text");
  }

  @Test
  void cellsAreNumbersWrittenAsText() {
    Section row =
        Section.row("r", object("a = \" 1.5 \", b = \"1d\", c = \"12\", d=\"\""), problems);
    assertThat(row.number("a", Range.FINITE)).hasValue(1.5);
    assertThat(row.whole("c", 0, 20)).hasValue(12);
    assertThat(row.number("b", Range.FINITE)).isEmpty();
    assertThat(problems()).containsExactly("r.b = \"1d\" (x.conf:1): expected a finite number");
  }

  @Test
  void whatNothingReadIsUnknown() {
    Section section = section("a = 1, b = 2, c = 3");
    section.know("a");
    assertThat(section.has("b")).isTrue();
    section.finish("key");
    assertThat(problems()).containsExactly("s.c = 3 (x.conf:1): unknown key, expected one of a, b");
  }

  @Test
  void longValuesAreCutAndStayOnOneLine() {
    Section section = section("a = \"\"\"" + "x\n".repeat(200) + "\"\"\"");
    section.complain("a", "expected less");
    assertThat(problems())
        .singleElement()
        .asString()
        .hasSizeLessThan(130)
        .contains("...")
        .doesNotContain("\n");
  }
}
