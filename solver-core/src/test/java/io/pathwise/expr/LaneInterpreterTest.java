package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.noise.NormalMethod;
import io.pathwise.noise.Normals;
import io.pathwise.noise.PathNormals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many points at once have the bits of one point at a time. */
class LaneInterpreterTest {
  private static final Expr X = Expr.leaf(Leaf.STATE, "x");
  private static final Expr A = Expr.param("a");

  @Test
  void functionsOfLanesAndParametersAreThoseOfTheInterpreter() {
    List<Expr> outputs =
        List.of(
            X.pow(A).times(A.exp()).plus(X.log()),
            X.above(Expr.ONE).select(X.sqrt(), Expr.apply(Op.TANH, A)),
            X.minus(A)
                .abs()
                .max(Expr.apply(Op.SIN, X))
                .min(Expr.apply(Op.COS, X).square().plus(0.3)),
            A.square(),
            Expr.of(2.5),
            X);
    double[] x = new double[300];
    for (int i = 0; i < x.length; i++) {
      x[i] = 0.01 + 0.013 * i;
    }
    double[][] results = new double[outputs.size()][x.length];
    new LaneInterpreter(outputs, List.of(X))
        .evaluate(Map.of("a", 0.7), new double[][] {x}, x.length, results);
    for (int i = 0; i < x.length; i++) {
      double[] expected = Interpreter.evaluate(outputs, Map.of("a", 0.7, "x", x[i]));
      for (int k = 0; k < expected.length; k++) {
        assertThat(results[k][i]).as("output %d at %s", k, x[i]).isEqualTo(expected[k]);
      }
    }
  }

  @Test
  void normalsAreThoseOfPaths() {
    Expr path = Expr.leaf(Leaf.PATH, "path");
    Expr block = Expr.leaf(Leaf.PATH, "block");
    Normals.Pair pair = NormalMethod.BOX_MULLER.block(Expr.word(42), Expr.word(3), path, block);
    double[][] inputs = {new double[150], new double[150]};
    for (int i = 0; i < 150; i++) {
      inputs[0][i] = i;
      int number = 7 + i / 10;
      inputs[1][i] = number;
    }
    double[][] results = new double[2][150];
    new LaneInterpreter(List.of(pair.cosine(), pair.sine()), List.of(path, block))
        .evaluate(Map.of(), inputs, 150, results);
    PathNormals normals = new PathNormals(NormalMethod.BOX_MULLER, 42, 3, 1);
    for (int i = 0; i < 150; i++) {
      assertThat(new double[] {results[0][i], results[1][i]})
          .isEqualTo(normals.pair(i, 7 + i / 10));
    }
  }
}
