package io.pathwise.gpu;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.payoff.Claim;
import io.pathwise.sde.Sde;
import io.pathwise.solve.OnNan;
import io.pathwise.solve.Shard;
import io.pathwise.solve.Solver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of a graph gives the CPU's bits, at ordinary and at awkward arguments. */
class FunctionParityTest {
  private static final double[] AWKWARD = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -2.5,
    3.5,
    1e-310,
    1e-40,
    3e38,
    -4.9e-324,
    2.2250738585072014e-308,
    1e300,
    -1e300,
    1.7976931348623157e308,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    709.9,
    -745,
    1e16
  };

  private static final List<Shard> PAIR = List.of(new Shard(0, 0, 8));

  /** The functions of one argument. */
  static List<Op> functions() {
    List<Op> functions = new ArrayList<>();
    for (Op op : Op.values()) {
      if (op.elementwise() && !op.integral() && arguments(op) == 1) {
        functions.add(op);
      }
    }
    return functions;
  }

  private static int arguments(Op op) {
    return switch (op) {
      case ADD, SUB, MUL, DIV, MIN, MAX, POW -> 2;
      case FMA, SELECT -> 3;
      case FROM_BITS -> 0;
      default -> 1;
    };
  }

  /** Paths whose states x and y are the normals drawn so far, and what is computed from them. */
  private static Solver normals(List<Claim> claims) {
    Sde sde =
        Sde.ito("normals")
            .state("x", Expr.ZERO)
            .state("y", Expr.ONE)
            .drift((t, y) -> y.times(0))
            .diagonal((t, y) -> Expr.vector(3, 3));
    return Solver.of(sde).step(0.5).claims(claims).onNan(OnNan.DROP);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyFunctionOfOneArgument(Op op) {
    Expr x = Sde.state(2).get(0);
    Expr small = x.times(1e-3);
    Parity.assertSameBits(
        normals(
                List.of(
                    Claim.observation("f", "f", Expr.apply(op, x), 1),
                    Claim.observation("near 0", "near 0", Expr.apply(op, small), 1)))
            .plan(),
        List.of(new Shard(0, 0, 20_000)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Op.class,
      names = {"ADD", "SUB", "MUL", "DIV", "MIN", "MAX", "POW"})
  void everyFunctionOfTwoArguments(Op op) {
    Expr x = Sde.state(2).get(0);
    Expr y = Sde.state(2).get(1);
    Parity.assertSameBits(
        normals(
                List.of(
                    Claim.observation("f", "f", Expr.apply(op, x, y), 1),
                    Claim.observation("g", "g", Expr.apply(op, y, Expr.of(0.5)), 1),
                    Claim.observation("h", "h", Expr.apply(op, Expr.of(-0.0), x), 1)))
            .plan(),
        List.of(new Shard(0, 0, 20_000)));
  }

  /** What happens at the ends: the states stay where they start. */
  @Test
  void everyFunctionAtAwkwardArguments() {
    Expr x = Sde.state(2).get(0);
    Expr y = Sde.state(2).get(1);
    Sde sde =
        Sde.ito("still")
            .parameters("a", "b", "c")
            .state("x", Expr.param("a").over(Expr.param("c")))
            .state("y", Expr.param("b"))
            .drift((t, s) -> s.times(0))
            .diagonal((t, s) -> Expr.vector(0, 0));
    List<Expr> values = new ArrayList<>();
    for (Op op : functions()) {
      values.add(Expr.apply(op, x));
    }
    for (Op op : List.of(Op.MIN, Op.MAX, Op.DIV, Op.MUL, Op.POW)) {
      values.add(Expr.apply(op, x, y));
      values.add(Expr.apply(op, x, Expr.ZERO));
      values.add(Expr.apply(op, x, Expr.of(-0.0)));
    }
    for (Expr value : values) {
      // 1 over it shows the sign of a zero; adding x back would hide it
      for (Expr shown : List.of(value, Expr.ONE.over(value))) {
        awkward(sde, shown);
      }
    }
  }

  private static void awkward(Sde sde, Expr value) {
    Solver solver =
        Solver.of(sde)
            .parameters(Map.of("a", 1.0, "b", 1.0, "c", 1.0))
            .step(1)
            .claim(Claim.observation("f", "f", value, 1))
            .onNan(OnNan.DROP);
    for (double a : AWKWARD) {
      double c = Double.isFinite(a) ? 1 : 0; // what is not finite comes as a quotient
      double numerator = Double.isNaN(a) ? 0 : Double.isInfinite(a) ? Math.signum(a) : a;
      for (double b : new double[] {0.0, -0.0, 2}) {
        Parity.assertSameBits(
            solver.parameters(Map.of("a", numerator, "b", b, "c", c)).plan(), PAIR);
      }
    }
  }
}
