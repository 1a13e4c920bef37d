package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaTest {
  private static final Expr X = Expr.leaf(Leaf.STATE, "x");
  private static final Expr Y = Expr.leaf(Leaf.STATE, "y");
  private static final Expr Z = Expr.leaf(Leaf.STATE, "z");
  private static final Expr V = Expr.leaf(Leaf.STATE, "v");
  private static final Expr T = Expr.leaf(Leaf.STEP, "t");
  private static final Expr KAPPA = Expr.param("kappa");
  private static final Expr THETA = Expr.param("theta");
  private static final Map<String, Expr> SYMBOLS =
      Map.of("x", X, "y", Y, "z", Z, "v", V, "t", T, "kappa", KAPPA, "theta", THETA);

  private static Expr parse(String text) {
    return Formula.parse(text, SYMBOLS);
  }

  @Test
  void a_drift_reads_as_it_is_written() {
    assertThat(parse("kappa*(theta - max(v,0))")).isEqualTo(KAPPA.times(THETA.minus(V.max(0))));
    assertThat(parse("0.5*x*(1 - x/10) + sin(2*pi*t)"))
        .isEqualTo(
            Expr.of(0.5)
                .times(X)
                .times(Expr.ONE.minus(X.over(10)))
                .plus(Expr.apply(Op.SIN, Expr.of(2).times(Expr.of(Math.PI)).times(T))));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "42, 42",
    "007, 7",
    "1.5, 1.5",
    ".5, 0.5",
    "5., 5",
    "1e-3, 0.001",
    "1E3, 1000",
    "2.5e+2, 250",
    ".1e1, 1",
    "4.9e-324, 4.9e-324",
    "1.7976931348623157e308, 1.7976931348623157e308",
    "0e999, 0",
    "0.1000000000000000055511151231257827, 0.1"
  })
  void numbers(String text, double value) {
    assertThat(parse(text)).isEqualTo(Expr.of(value));
  }

  @ParameterizedTest
  @CsvSource({
    "1 + 2*3, 7",
    "(1 + 2)*3, 9",
    "7 - 4 - 2, 1",
    "16/4/2, 2",
    "2*6/3, 4",
    "2^3^2, 512",
    "(2^3)^2, 64",
    "-2^2, -4",
    "(-2)^2, 4",
    "(-2)^3, -8",
    "2^-3, 0.125",
    "2^-1^2, 0.5",
    "2^--2, 4",
    "-2^-2, -0.25",
    "--3, 3",
    "-+-3, 3",
    "+3, 3",
    "2*-3, -6",
    "2 - -3, 5",
    "2/-4, -0.5",
    "2*3^2, 18",
    "8/2^2, 2",
    "-3*-2, 6",
    "1 - 2^2, -3"
  })
  void operators_bind_as_in_mathematics(String text, double value) {
    assertThat(parse(text)).isEqualTo(Expr.of(value));
  }

  @Test
  void the_power_of_a_negated_name_is_negated_after() {
    assertThat(parse("-x^2")).isEqualTo(X.square().neg());
    assertThat(parse("x^-2")).isEqualTo(X.pow(-2));
    assertThat(parse("x^y^z")).isEqualTo(X.pow(Y.pow(Z)));
    assertThat(parse("x^-y^z")).isEqualTo(X.pow(Y.pow(Z).neg()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sqrt",
        "exp",
        "log",
        "sin",
        "cos",
        "tanh",
        "sigmoid",
        "softplus",
        "erf",
        "normcdf",
        "invnormcdf",
        "abs",
        "rint",
        "positive"
      })
  void functions_of_one_argument(String name) {
    Expr parsed = parse(name + "(x)");
    assertThat(parsed.op().symbol()).isEqualTo(name);
    assertThat(parsed.args()).containsExactly(X);
  }

  @Test
  void functions_of_more_arguments() {
    assertThat(parse("min(x, y)")).isEqualTo(X.min(Y));
    assertThat(parse("max(x, y + 1)")).isEqualTo(X.max(Y.plus(1)));
    assertThat(parse("pow(x, y)")).isEqualTo(X.pow(Y));
    assertThat(parse("pow(x, 2)")).isEqualTo(X.square());
    assertThat(parse("fma(x, y, z)")).isEqualTo(X.fma(Y, Z));
    assertThat(parse("select(x > y, x, z)")).isEqualTo(X.above(Y).select(X, Z));
  }

  @Test
  void comparisons_are_one_where_they_hold() {
    assertThat(parse("x > y")).isEqualTo(X.above(Y));
    assertThat(parse("x < y")).isEqualTo(Y.above(X));
    assertThat(parse("x <= y")).isEqualTo(Expr.ONE.minus(X.above(Y)));
    assertThat(parse("x >= y")).isEqualTo(Expr.ONE.minus(Y.above(X)));
    assertThat(parse("x + 1 > 2*y")).isEqualTo(X.plus(1).above(Y.times(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "x < y, 1, 0, 0",
    "x <= y, 1, 1, 0",
    "x > y, 0, 0, 1",
    "x >= y, 0, 1, 1",
    "(x < y)*(y < 2), 1, 0, 0",
    "'max(x < y, x > y)', 1, 0, 1",
    "1 - (x < y), 0, 1, 1",
    "'min(x <= y, x >= y)', 0, 1, 0"
  })
  void conditions_select(String condition, double below, double equal, double above) {
    Expr select = parse("select(" + condition + ", 10, 20)");
    double[] expected = {below, equal, above};
    for (int i = 0; i < 3; i++) {
      double value = Derivatives.value(select, Map.of("x", (double) i, "y", 1.0));
      assertThat(value).as("x = %s", i).isEqualTo(expected[i] == 1 ? 10 : 20);
    }
  }

  @Test
  void a_symbol_that_stands_for_a_comparison_is_a_condition() {
    Map<String, Expr> symbols = new HashMap<>(SYMBOLS);
    symbols.put("knocked", X.above(Y));
    assertThat(Formula.parse("select(knocked, 0, x)", symbols))
        .isEqualTo(X.above(Y).select(Expr.ZERO, X));
    assertThat(Formula.parse("select(select(x > 1, knocked, 0), y, x)", symbols).op())
        .isEqualTo(Op.SELECT);
  }

  @Test
  void pi_and_e_are_constants_unless_a_symbol_has_their_name() {
    assertThat(parse("pi")).isEqualTo(Expr.of(Math.PI));
    assertThat(parse("e")).isEqualTo(Expr.of(Math.E));
    assertThat(Formula.parse("e*pi", Map.of("e", X))).isEqualTo(X.times(Math.PI));
    assertThat(parse("2e2 + e")).isEqualTo(Expr.of(200).plus(Math.E));
  }

  @Test
  void a_symbol_may_have_the_name_of_a_function() {
    Map<String, Expr> symbols = Map.of("exp", X, "max", Y);
    assertThat(Formula.parse("exp*max", symbols)).isEqualTo(X.times(Y));
    assertThat(Formula.parse("exp(exp)", symbols)).isEqualTo(X.exp());
  }

  @Test
  void names_may_hold_letters_of_any_alphabet_digits_dots_underscores_and_an_index() {
    Map<String, Expr> symbols = new HashMap<>();
    List<String> names = List.of("σ", "x1", "_x", "rate.eur", "a_b", "y[12]", "Größe");
    names.forEach(name -> symbols.put(name, Expr.param(name)));
    for (String name : names) {
      assertThat(Formula.parse("2*" + name, symbols)).isEqualTo(Expr.param(name).times(2));
    }
  }

  @Test
  void white_space_means_nothing() {
    Expr expected = parse("kappa*(theta-max(v,0))^2+1e-3");
    assertThat(parse("  kappa \t* ( theta\n - max (v , 0 ) ) ^ 2\r\n + 1e-3 \n"))
        .isEqualTo(expected);
  }

  @Test
  void a_symbol_may_be_any_scalar_expression() {
    Map<String, Expr> symbols = Map.of("s", X.exp(), "rate", Expr.of(0.03));
    assertThat(Formula.parse("s*rate", symbols)).isEqualTo(X.exp().times(0.03));
  }

  @Test
  void formulas_up_to_the_limits_are_read() {
    String nested = "(".repeat(200) + "x" + ")".repeat(200);
    assertThat(parse(nested)).isEqualTo(X);
    assertThat(parse("exp(".repeat(200) + "x" + ")".repeat(200)).op()).isEqualTo(Op.EXP);
    String sum = "x+y*".repeat(24_999) + "x+x";
    assertThat(sum.length()).isLessThanOrEqualTo(Formula.LONGEST);
    assertThat(parse(sum).op()).isEqualTo(Op.ADD);
    assertThat(parse("-".repeat(99_998) + "x")).isEqualTo(X);
    assertThat(parse("x^".repeat(49_999) + "y").op()).isEqualTo(Op.POW);
    assertThat(parse("(x)*".repeat(20_000) + "y").op()).isEqualTo(Op.MUL);
    assertThat(parse(" ".repeat(99_999) + "x")).isEqualTo(X);
  }
}
