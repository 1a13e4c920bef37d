package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is printed parses to an equal expression. */
class FormulaRoundTripTest {
  private static final Map<String, Expr> SYMBOLS =
      Map.of(
          "x", Expr.leaf(Leaf.STATE, "x"),
          "y[1]", Expr.leaf(Leaf.STATE, "y[1]"),
          "kappa", Expr.param("kappa"),
          "t", Expr.leaf(Leaf.STEP, "t"),
          "dW_0", Expr.leaf(Leaf.NOISE, "dW_0"));
  private static final List<Op> OPERATIONS =
      List.of(
          Op.ADD,
          Op.SUB,
          Op.MUL,
          Op.DIV,
          Op.NEG,
          Op.FMA,
          Op.SQRT,
          Op.ABS,
          Op.MIN,
          Op.MAX,
          Op.RINT,
          Op.POSITIVE,
          Op.SELECT,
          Op.EXP,
          Op.LOG,
          Op.SIN,
          Op.COS,
          Op.TANH,
          Op.SIGMOID,
          Op.SOFTPLUS,
          Op.ERF,
          Op.NORMAL_CDF,
          Op.INVERSE_NORMAL_CDF,
          Op.POW);
  private static final double[] NUMBERS = {
    0,
    -0.0,
    1,
    -1,
    2,
    0.5,
    -3.25,
    1e-3,
    1e-300,
    -1e300,
    1e15,
    1.2345678901234568E17,
    Math.PI,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private static void assertRoundTrip(Expr expr) {
    assertThat(Formula.parse(expr.toString(), SYMBOLS)).isEqualTo(expr);
  }

  /** An expression built by applying random operations to random earlier ones. */
  private static Expr random(Random random, int operations) {
    List<Expr> pool = new ArrayList<>(SYMBOLS.values());
    for (int i = 0; i < 4; i++) {
      pool.add(Expr.of(NUMBERS[random.nextInt(NUMBERS.length)]));
      pool.add(Expr.of(random.nextGaussian()));
    }
    for (int i = 0; i < operations; i++) {
      Op op = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
      Expr[] args = new Expr[op.arity()];
      for (int k = 0; k < args.length; k++) {
        int back = random.nextBoolean() ? Math.min(3, pool.size()) : pool.size();
        args[k] = pool.get(pool.size() - 1 - random.nextInt(back));
      }
      if (op == Op.SELECT) {
        args[0] = condition(random, args[0]);
      }
      pool.add(Expr.apply(op, args));
    }
    return pool.get(pool.size() - 1);
  }

  private static Expr condition(Random random, Expr value) {
    Expr condition = value.above(SYMBOLS.get("x"));
    return switch (random.nextInt(4)) {
      case 0 -> Expr.ONE.minus(condition);
      case 1 -> condition.times(SYMBOLS.get("t").above(value));
      case 2 -> condition.max(SYMBOLS.get("kappa").above(value));
      default -> condition;
    };
  }

  @Property(tries = 1000)
  void random_expressions_survive_printing_and_parsing(@ForAll long seed) {
    Random random = new Random(seed);
    Expr expr = random(random, 1 + random.nextInt(25));
    String text = expr.toString();
    Assume.that(!text.endsWith("..."));
    assertRoundTrip(expr);
  }

  @Property(tries = 1000)
  void every_number_survives(@ForAll long bits) {
    assertRoundTrip(Expr.of(Double.longBitsToDouble(bits)));
  }

  @Example
  void numbers_of_note_survive_alone_and_in_every_operand() {
    Expr x = SYMBOLS.get("x");
    for (double number : NUMBERS) {
      Expr constant = Expr.of(number);
      assertRoundTrip(constant);
      for (Op op : List.of(Op.ADD, Op.SUB, Op.MUL, Op.DIV, Op.MAX, Op.POW)) {
        assertRoundTrip(Expr.apply(op, x, constant));
        assertRoundTrip(Expr.apply(op, constant, x));
        assertRoundTrip(Expr.apply(op, constant, x).neg());
      }
    }
  }

  @Example
  void derivatives_survive() {
    Expr x = SYMBOLS.get("x");
    Expr kappa = SYMBOLS.get("kappa");
    Expr step = x.plus(kappa.times(x.max(0)).times(SYMBOLS.get("t"))).plus(x.max(0).sqrt());
    Expr payoff = x.above(kappa).select(step.log(), step.over(x)).abs();
    Reverse.gradient(payoff, List.of(x, kappa)).forEach(FormulaRoundTripTest::assertRoundTrip);
    assertRoundTrip(Forward.tangent(payoff, Map.of(x, Expr.ONE, kappa, x)));
  }

  @Example
  void long_sums_and_products_survive() {
    Expr sum = Expr.ZERO;
    Expr product = Expr.ONE;
    for (int i = 0; i < 1_000; i++) {
      sum = sum.plus(SYMBOLS.get(i % 2 == 0 ? "x" : "t").times(i));
      product = product.times(SYMBOLS.get(i % 2 == 0 ? "x" : "y[1]"));
    }
    assertRoundTrip(sum);
    assertRoundTrip(product);
  }
}
