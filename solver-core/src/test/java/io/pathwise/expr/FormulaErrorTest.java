package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaErrorTest {
  private static final Map<String, Expr> SYMBOLS = new HashMap<>();

  static {
    for (String name : new String[] {"kappa", "theta", "v", "x", "t"}) {
      SYMBOLS.put(name, Expr.param(name));
    }
  }

  private static FormulaException error(String text) {
    return catchThrowableOfType(FormulaException.class, () -> Formula.parse(text, SYMBOLS));
  }

  @Test
  void the_message_shows_the_text_with_a_caret_under_the_position() {
    FormulaException error = error("kapa*(theta - v)");
    assertThat(error)
        .hasMessage(
            """
            unknown name 'kapa' at position 1: expected one of e, kappa, pi, t, theta, v, x; \
            did you mean 'kappa'?
              kapa*(theta - v)
              ^\
            """);
    assertThat(error.text()).isEqualTo("kapa*(theta - v)");
    assertThat(error.position()).isZero();
    assertThat(error.expected()).startsWith("one of e, kappa");
    assertThat(error.summary())
        .doesNotContain("\n")
        .startsWith("unknown name 'kapa' at position 1");
    assertThat(error("x + * 2"))
        .hasMessage(
            """
            unexpected '*' at position 5: expected a number, a name or '('
              x + * 2
                  ^\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|0|the formula ends|a number, a name or '('",
        "`   `|3|the formula ends|a number, a name or '('",
        "x +|3|the formula ends|a number, a name or '('",
        "(x|2|the formula ends|an operator or ')'",
        "x)|1|unexpected ')'|an operator or the end of the formula",
        "()|1|unexpected ')'|a number, a name or '('",
        "x x|2|unexpected 'x'|an operator or the end of the formula",
        "x 2|2|unexpected '2'|an operator or the end of the formula",
        "x ** 2|3|unexpected '*'|a number, a name or '('",
        "x, v|1|unexpected ','|an operator or the end of the formula",
        "max(x v)|6|unexpected 'v'|an operator, ',' or ')'",
        "max(x,)|6|unexpected ')'|a number, a name or '('",
        "max(,x)|4|unexpected ','|a number, a name or '('",
        "max(x, v|8|the formula ends|an operator, ',' or ')'",
        "2x|1|unexpected 'x' after the number 2|an operator such as '*'",
        "2exp(x)|1|unexpected 'e' after the number 2|an operator such as '*'",
        "1.2.3|3|unexpected '.' after the number 1.2|an operator such as '*'",
        "1e|2|the exponent of '1e' is missing|a digit",
        "1e+|3|the exponent of '1e+' is missing|a digit",
        "2*1e999|2|the number 1e999 is out of range|a number between 4.9e-324 and 1.797e308",
        "1e-999|0|the number 1e-999 is out of range|a number between 4.9e-324 and 1.797e308",
        "x[|2|the index is missing|a digit",
        "x[1|3|the index does not end|']'",
        "exp|3|the formula ends|'(' after the function exp",
        "exp x|4|unexpected 'x'|'(' after the function exp",
        "exp()|0|wrong number of arguments: 0|1 argument of exp",
        "exp(x, v)|0|wrong number of arguments: 2|1 argument of exp",
        "1 + max(x)|4|wrong number of arguments: 1|2 arguments of max",
        "select(x > 0, v)|0|wrong number of arguments: 2|3 arguments of select",
        "select(x, v, 0)|7|the condition of select is not a comparison|a comparison such as x > 0",
        "select(2*(x > 0), v, 0)|7|the condition of select is not a comparison|a comparison such as"
            + " x > 0",
        "select((x > 0) + (v > 0), v, 0)|7|the condition of select is not a comparison|a comparison"
            + " such as x > 0",
        "0 < x < 1|6|unexpected '<'|one comparison at a time: (a < b)*(b < c)",
        "x = 1|2|unexpected character '='|a number, a name, one of + - * / ^ ( ) , or a comparison"
            + " < <= > >=",
        "x % 2|2|unexpected character '%'|a number, a name, one of + - * / ^ ( ) , or a comparison"
            + " < <= > >=",
        "x·v|1|unexpected character '·'|a number, a name, one of + - * / ^ ( ) , or a comparison <"
            + " <= > >=",
        ".|0|unexpected character '.'|a number, a name, one of + - * / ^ ( ) , or a comparison < <="
            + " > >="
      })
  void errors_name_the_position_and_what_was_expected(
      String text, int position, String message, String expected) {
    FormulaException error = error(text);
    assertThat(error).isNotNull();
    assertThat(error.position()).isEqualTo(position);
    assertThat(error.expected()).isEqualTo(expected);
    assertThat(error.summary())
        .isEqualTo(message + " at position " + (position + 1) + ": expected " + expected);
  }

  @Test
  void a_character_outside_the_basic_plane_is_shown_whole() {
    assertThat(error("x + 😀").summary()).contains("'😀'");
  }

  @Test
  void unknown_functions_are_told_apart_from_names_that_are_no_functions() {
    assertThat(error("x*(squrt(v))").summary())
        .startsWith("unknown function 'squrt' at position 4: expected one of abs, cos, erf,")
        .endsWith("did you mean 'sqrt'?");
    assertThat(error("v(x)").summary())
        .startsWith(
            "'v' is not a function at position 1: expected an operator such as '*' after it");
    assertThat(error("pi(x)").summary()).startsWith("'pi' is not a function");
    assertThat(error("ln(x)").summary()).contains("unknown function 'ln'");
  }

  @Test
  void names_differ_in_case() {
    assertThat(error("Kappa*x").summary()).endsWith("did you mean 'kappa'?");
    assertThat(error("PI").summary()).endsWith("did you mean 'pi'?");
  }

  @Test
  void the_line_of_a_formula_of_several_lines_is_shown() {
    assertThat(error("kappa*theta\n  + foo*v\n  - 1"))
        .hasMessageEndingWith("\n    + foo*v\n      ^");
  }

  @Test
  void a_long_line_is_shown_around_the_position() {
    String text = "x + ".repeat(1_000) + "? " + " + x".repeat(1_000);
    String message = error(text).getMessage();
    assertThat(message.length()).isLessThan(500);
    String[] lines = message.split("\n");
    assertThat(lines[1]).startsWith("  ...").endsWith("...");
    assertThat(lines[1].charAt(lines[2].indexOf('^'))).isEqualTo('?');
  }

  @Test
  void many_known_names_are_not_all_listed() {
    Map<String, Expr> symbols = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      symbols.put("a" + i, Expr.param("a" + i));
    }
    assertThatThrownBy(() -> Formula.parse("missing", symbols))
        .hasMessageContaining("and 72 more")
        .hasMessageNotContaining("did you mean");
  }

  @Test
  void a_formula_that_is_too_long_is_refused() {
    assertThat(error("x+".repeat(50_000) + "x").summary())
        .isEqualTo(
            "a formula of 100001 characters at position 100001: expected at most 100000"
                + " characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"(|)", "exp(|)", "-(|)", "2^(|)", "max(x, |)", "x*(1 + |)"})
  void a_formula_that_is_too_deep_is_refused(String open, String close) {
    for (int depth : new int[] {201, 10_000}) {
      FormulaException error = error(open.repeat(depth) + "x" + close.repeat(depth));
      assertThat(error.summary())
          .startsWith("more than 200 parentheses are open")
          .endsWith("expected at most 200 nested parentheses");
      assertThat(error.text().charAt(error.position())).isEqualTo('(');
    }
  }

  @Test
  void unclosed_parentheses_are_refused_however_many() {
    assertThat(error("(".repeat(100_000)).summary()).startsWith("more than 200 parentheses");
    assertThat(error("(".repeat(200)).summary()).startsWith("the formula ends");
  }

  @Test
  void a_symbol_that_is_no_scalar_number_is_refused() {
    Map<String, Expr> symbols =
        Map.of("y", Expr.leaf(Leaf.STATE, "y", Shape.vector(3)), "k", Expr.leaf(Leaf.WORD, "k"));
    assertThatThrownBy(() -> Formula.parse("2*y", symbols))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("symbol y is a vector 3: a formula works on scalar numbers");
    assertThatThrownBy(() -> Formula.parse("k", symbols))
        .hasMessage("symbol k is a 64-bit integer: a formula works on scalar numbers");
  }
}
