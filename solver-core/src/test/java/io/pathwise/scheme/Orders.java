package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Forward;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Shape;
import io.pathwise.noise.BrownianStep;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.sde.UnderdampedLangevin;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The strong order of a scheme, measured: its error at T = 1 on one Brownian path against the
 * closed form, or against an accurate scheme on the finest grid, at step sizes that halve. The W,
 * H, K and A of a long step are those of the finest cells, joined by {@link BrownianStep#then}.
 * Each path's noise depends on the seed alone.
 */
public final class Orders {
  private static final int PATHS = 256;
  private static final int FINEST = 11;
  private static final int KEPT = 8;
  private static final int CHUNK = BatchGraph.LANES;

  private Orders() {}

  /**
   * Errors at halving step sizes.
   *
   * @param errors from the longest step to the shortest
   */
  public record Measured(double[] errors) {
    /** The least-squares slope of log2(error) against log2(step). */
    public double order() {
      double centre = (errors.length - 1) / 2.0;
      double covariance = 0;
      double variance = 0;
      for (int j = 0; j < errors.length; j++) {
        covariance += (j - centre) * StrictMath.log(errors[j]) / StrictMath.log(2);
        variance += (j - centre) * (j - centre);
      }
      return -covariance / variance;
    }

    /** The error at the shortest step. */
    public double last() {
      return errors[errors.length - 1];
    }

    @Override
    public String toString() {
      return "order " + order() + ", errors " + Arrays.toString(errors);
    }
  }

  /** The root mean square error of the states at T = 1, at steps 2^-4 .. 2^-8. */
  public static Measured strong(Scheme scheme, TestSdes.Problem problem) {
    return strong(scheme, problem, 4, 8);
  }

  /**
   * The root mean square error of the states at T = 1.
   *
   * @param coarsest the longest step is 2^-coarsest
   * @param shortest the shortest step is 2^-shortest, at most 2^-8
   */
  static Measured strong(Scheme scheme, TestSdes.Problem problem, int coarsest, int shortest) {
    StepGraph step = new StepGraph(scheme, problem);
    double[] squares = new double[shortest - coarsest + 1];
    for (int chunk = 0; chunk < PATHS / CHUNK; chunk++) {
      Random random = new Random(1000 + chunk);
      Motion motion = motion(problem.sde().channels(), chunk);
      double[][] exact =
          problem.solution() == null
              ? fine(problem, chunk)
              : closedForm(problem, motion.levels()[0][0]);
      for (int j = 0; j < squares.length; j++) {
        double[][] end = walk(step, motion.levels()[coarsest + j], random);
        for (int i = 0; i < exact.length; i++) {
          for (int p = 0; p < CHUNK; p++) {
            double error = end[i][p] - exact[i][p];
            squares[j] += error * error / PATHS;
          }
        }
      }
    }
    return new Measured(Arrays.stream(squares).map(Math::sqrt).toArray());
  }

  /**
   * A Brownian motion of 128 paths: its finest cells, and those joined to 2^k.
   *
   * @param levels for each k up to 8 the 2^k cells: row by row, path by path
   */
  private record Motion(double[][][][] levels) {}

  private static final Map<List<Integer>, Motion> MOTIONS = new HashMap<>();
  private static final Map<List<Object>, double[][]> SOLUTIONS = new HashMap<>();

  private static double[][][] finest(int m, int chunk) {
    return new Cells(m, FINEST).draw(new Random(17 * chunk + m));
  }

  private static synchronized Motion motion(int m, int chunk) {
    return MOTIONS.computeIfAbsent(
        List.of(m, chunk),
        key -> {
          Cells cells = new Cells(m, FINEST);
          double[][][] level = finest(m, chunk);
          double[][][][] levels = new double[KEPT + 1][][][];
          for (int k = FINEST; k >= 0; k--) {
            if (k <= KEPT) {
              levels[k] = level;
            }
            level = k > 0 ? cells.join(level) : level;
          }
          return new Motion(levels);
        });
  }

  /** The accurate solution on the finest cells, once for all schemes. */
  private static synchronized double[][] fine(TestSdes.Problem problem, int chunk) {
    return SOLUTIONS.computeIfAbsent(
        List.of(problem.sde().name(), problem.sde().calculus(), problem.parameters(), chunk),
        key ->
            walk(reference(problem), finest(problem.sde().channels(), chunk), new Random(chunk)));
  }

  /** The end of every path: one array a state of the equation. */
  private static double[][] walk(StepGraph step, double[][][] brownian, Random random) {
    double[] initial = step.initial();
    for (int i = 0; i < step.dimension(); i++) {
      Arrays.fill(step.state(i), initial[i]);
    }
    double dt = 1.0 / brownian.length;
    for (int k = 0; k < brownian.length; k++) {
      step.feed(brownian[k], CHUNK);
      for (int e = 0; e < step.extra(); e++) {
        Arrays.setAll(step.extra(e), p -> random.nextGaussian());
      }
      step.advance(k * dt, dt, CHUNK);
    }
    double[][] end = new double[step.dimension()][];
    for (int i = 0; i < end.length; i++) {
      end[i] = step.state(i).clone();
    }
    return end;
  }

  private static double[][] closedForm(TestSdes.Problem problem, double[][] whole) {
    int n = problem.sde().states().size();
    int m = problem.sde().channels();
    double[][] exact = new double[n][CHUNK];
    for (int p = 0; p < CHUNK; p++) {
      double[] w = new double[m];
      double[][] area = new double[m][m];
      int next = 3 * m;
      for (int i = 0; i < m; i++) {
        w[i] = whole[i][p];
        for (int j = i + 1; j < m; j++) {
          area[i][j] = whole[next++][p];
          area[j][i] = -area[i][j];
        }
      }
      double[] solution = problem.solution().at(1, w, area);
      for (int i = 0; i < n; i++) {
        exact[i][p] = solution[i];
      }
    }
    return exact;
  }

  /** The most accurate scheme for the noise, on the equation in Stratonovich calculus. */
  private static StepGraph reference(TestSdes.Problem problem) {
    Sde sde = problem.sde();
    Scheme scheme =
        switch (sde.noise()) {
          case ADDITIVE -> UnderdampedLangevin.of(sde).isPresent() ? new Quicsort() : new Shark();
          case GENERAL -> new LogOde();
          default -> new SlowRk();
        };
    return new StepGraph(
        scheme, new TestSdes.Problem(stratonovich(sde), problem.parameters(), null, problem.law()));
  }

  /** The same process in Stratonovich calculus. */
  static Sde stratonovich(Sde sde) {
    if (sde.calculus() == Calculus.STRATONOVICH) {
      return sde;
    }
    return new Sde(
        sde.name(),
        Calculus.STRATONOVICH,
        sde.noise(),
        sde.states(),
        sde.channels(),
        sde.parameters(),
        sde.initial(),
        sde.drift().minus(correction(sde).times(0.5)),
        sde.diffusion(),
        sde.observables());
  }

  /** sum_j (g_j . grad) g_j. */
  static Expr correction(Sde sde) {
    Expr sum = Expr.vector(new double[sde.states().size()]);
    if (sde.noise() == NoiseType.ADDITIVE) {
      return sum;
    }
    for (int j = 0; j < sde.channels(); j++) {
      Expr column = sde.channel(j);
      sum = sum.plus(Forward.tangent(column, Map.of(sde.state(), column)));
    }
    return sum;
  }

  /** The finest cells of a Brownian motion, and cells joined two by two. */
  static final class Cells {
    private final int count;
    private final int normals;
    private final int rows;
    private final BatchGraph draw;
    private final BatchGraph join;

    Cells(int m, int finest) {
      count = 1 << finest;
      rows = StepGraph.rows(m);
      normals = BrownianStep.normals(m, StepGraph.ALL_TERMS);
      Expr z = Expr.leaf(Leaf.NOISE, "z", Shape.vector(normals));
      Expr root = Expr.leaf(Leaf.STEP, "root");
      draw =
          new BatchGraph(
              StepGraph.rowsOf(BrownianStep.of(z, m, StepGraph.ALL_TERMS, Step.DT, root)));
      BrownianStep first = StepGraph.brownian("first", m);
      BrownianStep second = StepGraph.brownian("second", m);
      join = new BatchGraph(StepGraph.rowsOf(first.then(second, Step.DT)));
    }

    /** Cell by cell, row by row, path by path. */
    double[][][] draw(Random random) {
      double dt = 1.0 / count;
      draw.set("dt", dt);
      draw.set("root", Math.sqrt(dt));
      double[][][] cells = new double[count][rows][];
      for (double[][] cell : cells) {
        for (int z = 0; z < normals; z++) {
          Arrays.setAll(draw.input("z[" + z + "]"), p -> random.nextGaussian());
        }
        draw.run(CHUNK);
        for (int r = 0; r < rows; r++) {
          cell[r] = draw.output(r).clone();
        }
      }
      return cells;
    }

    double[][][] join(double[][][] cells) {
      double dt = 2.0 / cells.length;
      join.set("dt", dt);
      join.set("first.dt", dt / 2);
      join.set("second.dt", dt / 2);
      double[][][] joined = new double[cells.length / 2][rows][];
      for (int k = 0; k < joined.length; k++) {
        for (int r = 0; r < rows; r++) {
          System.arraycopy(cells[2 * k][r], 0, join.input("first[" + r + "]"), 0, CHUNK);
          System.arraycopy(cells[2 * k + 1][r], 0, join.input("second[" + r + "]"), 0, CHUNK);
        }
        join.run(CHUNK);
        for (int r = 0; r < rows; r++) {
          joined[k][r] = join.output(r).clone();
        }
      }
      return joined;
    }
  }
}
