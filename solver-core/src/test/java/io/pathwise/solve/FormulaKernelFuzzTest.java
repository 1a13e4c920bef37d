package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Formula;
import io.pathwise.expr.RandomFormulas;
import io.pathwise.payoff.Claim;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Generated Java computes the bits of the interpreter, whatever the formula. */
class FormulaKernelFuzzTest {
  private static final int PROGRAMS = 60;
  private static final int FORMULAS = 170;
  private static final Shard SHARD = new Shard(0, 0, 40);

  @Test
  void tenThousandRandomFormulasGiveTheBitsOfTheInterpreter() {
    RandomFormulas formulas = new RandomFormulas(11);
    Sde sde =
        Sde.ito("fuzz")
            .parameters("a")
            .state("x", Expr.param("a"))
            .state("y", Expr.of(-0.5))
            .drift((t, s) -> s.neg())
            .diagonal((t, s) -> s.times(0.3).plus(0.2));
    Map<String, Expr> symbols =
        Map.of(
            "x", sde.observables().get("x"),
            "y", sde.observables().get("y"),
            "a", Expr.param("a"));
    long compared = 0;
    for (int p = 0; p < PROGRAMS; p++) {
      List<Claim> claims = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (int f = 0; f < FORMULAS; f++) {
        String text = formulas.next(5).text();
        texts.add(text);
        claims.add(Claim.observation("f" + f, "f" + f, Formula.parse(text, symbols), 0.5));
      }
      PathRun run =
          Solver.of(sde).parameters(Map.of("a", 0.4)).step(0.25).claims(claims).plan().fine();
      double[][] values = new double[FORMULAS][];
      new CpuExecutor()
          .open(run)
          .run(
              SHARD,
              (output, paths, block, n) -> values[output] = java.util.Arrays.copyOf(block, n));
      PathReplay replay = new PathReplay(run);
      for (int path = 0; path < SHARD.size(); path += 13) {
        double[] expected = replay.outputs(replay.states(replay.normalsOf(path)));
        for (int f = 0; f < FORMULAS; f++) {
          if (Double.doubleToRawLongBits(values[f][path])
              != Double.doubleToRawLongBits(expected[f])) {
            assertThat(values[f][path]).as(texts.get(f)).isEqualTo(expected[f]);
          }
          compared++;
        }
      }
    }
    assertThat(compared).isEqualTo((long) PROGRAMS * FORMULAS * 4);
  }
}
