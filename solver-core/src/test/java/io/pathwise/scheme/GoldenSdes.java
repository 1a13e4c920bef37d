package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Divergence;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The equations of the golden cases; every parameter, y(0) included, is a scalar of its own. */
final class GoldenSdes {
  private static final int N = 3;

  private GoldenSdes() {}

  /** Entry (i, j, ..) of a parameter of the file. */
  static String name(String parameter, int... index) {
    StringBuilder name = new StringBuilder(parameter);
    for (int i : index) {
      name.append('_').append(i);
    }
    return name.toString();
  }

  private static Expr param(String parameter, int... index) {
    return Expr.param(name(parameter, index));
  }

  private static Expr vector(IntFunction<Expr> element) {
    return matrix(N, 1, (i, j) -> element.apply(i)).reshape(Shape.vector(N));
  }

  private interface Entry {
    Expr at(int row, int column);
  }

  private static Expr matrix(int rows, int columns, Entry entry) {
    List<Expr> entries = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        entries.add(entry.at(i, j));
      }
    }
    return Expr.concat(entries).reshape(Shape.matrix(rows, columns));
  }

  private static Expr sin(Expr x) {
    return Expr.apply(Op.SIN, x);
  }

  private static Expr cos(Expr x) {
    return Expr.apply(Op.COS, x);
  }

  /** The equation of a case. */
  static Sde of(String name, boolean ito, List<String> parameters, boolean logqp) {
    Sde.Builder builder = ito ? Sde.ito(name) : Sde.stratonovich(name);
    builder.parameters(parameters.toArray(String[]::new));
    for (int i = 0; i < N; i++) {
      builder.state("y" + i, param("y0", i));
    }
    Sde sde =
        switch (name) {
          case "gbm_diag" ->
              builder
                  .drift((t, y) -> vector(i -> param("mu", i)).times(y))
                  .diagonal((t, y) -> vector(i -> param("sigma", i)).times(y));
          case "scalar_sin" -> scalarSin(builder);
          case "additive_t" -> additive(builder);
          case "general_sin" -> generalSin(builder);
          default -> throw new IllegalArgumentException(name);
        };
    if (!logqp) {
      return sde;
    }
    double prior = name.equals("gbm_diag") ? 0.1 : -0.5;
    return Divergence.from(sde, sde.state().times(prior));
  }

  private static Sde scalarSin(Sde.Builder builder) {
    Expr p = vector(i -> param("p", i));
    return builder
        .drift((t, y) -> p.square().times(sin(y)).times(cos(y).pow(3)).neg())
        .diffusion(
            NoiseType.SCALAR, (t, y) -> p.times(cos(y).square()).reshape(Shape.matrix(N, 1)));
  }

  private static Sde additive(Sde.Builder builder) {
    Expr a = vector(i -> param("a", i));
    Expr b = vector(i -> param("b", i));
    return builder
        .drift((t, y) -> b.over(t.plus(1).sqrt()).minus(y.over(t.plus(1).times(2))))
        .diffusion(
            NoiseType.ADDITIVE,
            (t, y) ->
                matrix(
                    N,
                    2,
                    (i, j) ->
                        (j == 0 ? a.get(i).times(b.get(i)) : a.get(i).plus(b.get(i)))
                            .over(t.plus(1).sqrt())));
  }

  private static Sde generalSin(Sde.Builder builder) {
    return builder
        .drift(
            (t, y) ->
                matrix(N, N, (i, j) -> param("A", i, j))
                    .matVec(Expr.apply(Op.TANH, y))
                    .plus(vector(i -> param("c", i)).times(cos(t))))
        .diffusion(
            NoiseType.GENERAL,
            (t, y) ->
                matrix(
                    N,
                    2,
                    (i, j) ->
                        param("Bm", i, j).plus(param("Cm", i, j).times(sin(y.get((i + j) % N))))));
  }
}
