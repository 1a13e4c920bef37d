package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Whatever stands in a job file, a formula is a graph of known operations or a clear error. */
class FormulaFuzzTest {
  private static final Map<String, Expr> SYMBOLS =
      Map.of(
          "x", Expr.leaf(Leaf.STATE, "x"), "y", Expr.leaf(Leaf.STATE, "y"), "a", Expr.param("a"));

  private static final List<String> TOKENS =
      List.of(
          "x",
          "y",
          "a",
          "(",
          ")",
          "(",
          ")",
          "+",
          "-",
          "*",
          "/",
          "^",
          ",",
          "<",
          ">=",
          " ",
          "exp",
          "log(",
          "max(",
          "min",
          "1",
          "2.5",
          "1e",
          "e3",
          ".",
          "..",
          "pi",
          "t",
          "select(",
          "\"",
          "\\",
          "System.exit(1)",
          "new ",
          "x.y",
          "/*",
          "*/",
          "//",
          "\n",
          "\\u000a",
          ";",
          "{",
          "}",
          "#",
          "1e999",
          "\u00e9",
          "\ud83d\ude00",
          "\u0000",
          "__proto__",
          "${x}",
          "x'",
          "$");

  @Provide
  Arbitrary<String> anyText() {
    return Arbitraries.strings().ofMaxLength(60);
  }

  @Provide
  Arbitrary<String> tokens() {
    return Arbitraries.of(TOKENS).list().ofMaxSize(25).map(list -> String.join("", list));
  }

  @Property(
      tries = 50_000,
      seed = "20260101",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.BOUNDED)
  void randomTextsAreGraphsOrClearErrors(@ForAll("anyText") String text) {
    graphOrError(text);
  }

  @Property(
      tries = 50_000,
      seed = "20260102",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.BOUNDED)
  void randomTokensAreGraphsOrClearErrors(@ForAll("tokens") String text) {
    graphOrError(text);
  }

  private static void graphOrError(String text) {
    try {
      Expr graph = Formula.parse(text, SYMBOLS);
      assertThat(Graph.leaves(List.of(graph))).allMatch(SYMBOLS::containsValue);
    } catch (FormulaException e) {
      assertThat(e.summary()).isNotBlank();
    }
  }

  /** The interpreter, whose operations are those of the kernels, against plain Java. */
  @Test
  void randomFormulasMeanWhatTheySay() {
    RandomFormulas formulas = new RandomFormulas(7);
    double x = 1.25;
    double y = -0.75;
    double a = 0.4;
    for (int i = 0; i < 100_000; i++) {
      RandomFormulas.Sample sample = formulas.next(4);
      double[] largest = {1};
      double expected = sample.value().at(x, y, a, largest);
      double found =
          Interpreter.evaluate(
              List.of(Formula.parse(sample.text(), SYMBOLS)), Map.of("x", x, "y", y, "a", a))[0];
      if (!(Math.abs(found - expected) <= 1e-9 * largest[0])) {
        assertThat(found).as(sample.text()).isEqualTo(expected);
      }
    }
  }
}
