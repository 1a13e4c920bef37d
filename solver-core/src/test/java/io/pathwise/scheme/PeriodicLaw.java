package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Shape;
import io.pathwise.noise.BrownianStep;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.Sde;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weak order of a scheme, without random numbers: E phi(y(1)) as a function of y(0), for an
 * equation and for a scheme whose every state is 2 pi-periodic.
 *
 * <p>Functions are trigonometric polynomials, known by their values on an equidistant grid. The
 * equation's law is exp(L) phi with its generator L in Stratonovich or Itô calculus; a scheme's is
 * P^n phi, where row j of P holds the expectation of each basis function after one step from grid
 * point j, by Gauss-Hermite quadrature over the normals. Both are exact to about 1e-6, so the
 * difference is the weak error alone. Coefficients must not depend on time.
 */
final class PeriodicLaw {
  /** Nodes for the normals of W, H, A and extra: enough for the powers of sqrt(h) that matter. */
  private static final int[] NODES = {4, 3, 3, 4};

  /** The same for weak order 2. */
  private static final int[] MORE_NODES = {5, 4, 3, 4};

  private final int modes;
  private final int size;
  private final int dimension;
  private final double[] cosines;
  private final double[] sines;

  private PeriodicLaw(int dimension, int modes) {
    this.dimension = dimension;
    this.modes = modes;
    this.size = 2 * modes + 1;
    this.cosines = new double[size];
    this.sines = new double[size];
    for (int i = 0; i < size; i++) {
      cosines[i] = StrictMath.cos(2 * Math.PI * i / size);
      sines[i] = StrictMath.sin(2 * Math.PI * i / size);
    }
  }

  /**
   * The weak errors of a scheme at T = 1: the root mean square over starting points of the error of
   * E phi(y(1)), at steps 2^-coarsest .. 2^-shortest.
   *
   * @param problem two states, or one for a scheme that carries one more
   */
  static Orders.Measured weak(Scheme method, TestSdes.Problem problem, int coarsest, int shortest) {
    Sde sde = problem.sde();
    // What it keeps of a step is not on the grid; ReversibleHeunTest holds both forms together.
    Scheme scheme = method instanceof ReversibleHeun ? ReversibleHeun.recomputing() : method;
    int n = sde.states().size();
    int total = n + scheme.auxiliaries(sde).size();
    if (total > 2) {
      throw new IllegalArgumentException(scheme.name() + " has " + total + " states, at most 2");
    }
    // The second of two states that start together lives on the same grid.
    boolean higher = scheme.weakOrder(sde.noise()) > 1;
    PeriodicLaw law = new PeriodicLaw(total, total == 1 ? 16 : n == 1 ? 11 : higher ? 10 : 8);
    PeriodicLaw own = new PeriodicLaw(n, law.modes);
    double[] exact = own.exact(problem);
    double[] errors = new double[shortest - coarsest + 1];
    for (int j = 0; j < errors.length; j++) {
      int steps = 1 << (coarsest + j);
      double[] found = law.propagate(law.transition(scheme, problem, 1.0 / steps), n, steps);
      double sum = 0;
      for (int i = 0; i < exact.length; i++) {
        double error = found[n == total ? i : i * (own.size + 1)] - exact[i];
        sum += error * error / exact.length;
      }
      errors[j] = Math.sqrt(sum);
    }
    return new Orders.Measured(errors);
  }

  private int points() {
    return dimension == 1 ? size : size * size;
  }

  private double coordinate(int point, int i) {
    int index = dimension == 1 || i == 1 ? point % size : point / size;
    return 2 * Math.PI * index / size;
  }

  /** phi on the grid; it reads the equation's states alone. */
  private double[] phi(int states) {
    double[] values = new double[points()];
    for (int p = 0; p < values.length; p++) {
      double x = coordinate(p, 0);
      double y = coordinate(p, 1);
      values[p] =
          states == 1
              ? StrictMath.sin(x) + 0.5 * StrictMath.cos(x)
              : StrictMath.sin(x) + 0.7 * StrictMath.cos(y) + 0.5 * StrictMath.sin(x - y);
    }
    return values;
  }

  private double[] propagate(double[][] transition, int states, int steps) {
    double[] values = phi(states);
    for (int k = 0; k < steps; k++) {
      values = multiply(transition, values);
    }
    return values;
  }

  private static double[] multiply(double[][] matrix, double[] vector) {
    double[] product = new double[matrix.length];
    for (int i = 0; i < product.length; i++) {
      double sum = 0;
      for (int j = 0; j < vector.length; j++) {
        sum += matrix[i][j] * vector[j];
      }
      product[i] = sum;
    }
    return product;
  }

  /** exp(L) phi by Taylor series over short times. */
  private double[] exact(TestSdes.Problem problem) {
    double[][] generator = generator(problem);
    int pieces = 128;
    double[] values = phi(dimension);
    for (int piece = 0; piece < pieces; piece++) {
      double[] term = values.clone();
      double[] sum = values.clone();
      for (int k = 1; k <= 16; k++) {
        term = multiply(generator, term);
        for (int i = 0; i < sum.length; i++) {
          term[i] /= pieces * k;
          sum[i] += term[i];
        }
      }
      values = sum;
    }
    return values;
  }

  /** f . grad + 1/2 g g^T : grad grad, with the correction of Stratonovich calculus. */
  private double[][] generator(TestSdes.Problem problem) {
    Sde sde = problem.sde();
    int n = dimension;
    Expr drift = sde.drift();
    if (sde.calculus() == Calculus.STRATONOVICH) {
      drift = drift.plus(Orders.correction(sde).times(0.5));
    }
    Expr[][] square = new Expr[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        square[i][j] = Expr.ZERO;
        for (int c = 0; c < sde.channels(); c++) {
          Expr column = sde.channel(c);
          square[i][j] = square[i][j].plus(column.get(i).times(column.get(j)));
        }
      }
    }
    double[][] first = new double[size][size];
    double[][] second = new double[size][size];
    differentiation(first, second);
    double[][] generator = new double[points()][points()];
    Map<String, Double> leaves = new HashMap<>(problem.parameters());
    leaves.put("t", 0.0);
    for (int p = 0; p < points(); p++) {
      for (int i = 0; i < n; i++) {
        leaves.put("y[" + i + "]", coordinate(p, i));
      }
      double[] f = Interpreter.evaluate(List.of(drift), leaves);
      for (int i = 0; i < n; i++) {
        addAlong(generator[p], p, i, f[i], first);
        for (int j = 0; j < n; j++) {
          double half = Interpreter.evaluate(List.of(square[i][j]), leaves)[0] / 2;
          if (i == j) {
            addAlong(generator[p], p, i, half, second);
          } else {
            addMixed(generator[p], p, half, first);
          }
        }
      }
    }
    return generator;
  }

  /** Differentiation of trigonometric interpolants on an odd number of points. */
  private void differentiation(double[][] first, double[][] second) {
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        double x = 2 * Math.PI * (a - b) / size;
        for (int k = 1; k <= modes; k++) {
          first[a][b] -= 2.0 / size * k * StrictMath.sin(k * x);
          second[a][b] -= 2.0 / size * k * k * StrictMath.cos(k * x);
        }
      }
    }
  }

  private void addAlong(double[] row, int p, int i, double factor, double[][] matrix) {
    for (int b = 0; b < size; b++) {
      if (dimension == 1) {
        row[b] += factor * matrix[p][b];
      } else if (i == 0) {
        row[b * size + p % size] += factor * matrix[p / size][b];
      } else {
        row[p / size * size + b] += factor * matrix[p % size][b];
      }
    }
  }

  private void addMixed(double[] row, int p, double factor, double[][] first) {
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        row[a * size + b] += factor * first[p / size][a] * first[p % size][b];
      }
    }
  }

  /** The matrix that takes a function on the grid to its expectation after one step. */
  private double[][] transition(Scheme scheme, TestSdes.Problem problem, double dt) {
    Quadrature quadrature = new Quadrature(scheme, problem.sde(), dt);
    StepGraph step = new StepGraph(scheme, problem);
    double[][] matrix = new double[points()][];
    for (int p = 0; p < points(); p++) {
      double[] moments = new double[2 * points()];
      for (int from = 0; from < quadrature.weights.length; from += BatchGraph.LANES) {
        int n = Math.min(BatchGraph.LANES, quadrature.weights.length - from);
        for (int i = 0; i < dimension; i++) {
          Arrays.fill(step.state(i), coordinate(p, i));
        }
        quadrature.feed(step, from, n);
        step.run(0, dt, n);
        double[] x = step.next(0);
        double[] y = dimension == 1 ? null : step.next(1);
        for (int q = 0; q < n; q++) {
          addModes(moments, quadrature.weights[from + q], x[q], y == null ? 0 : y[q]);
        }
      }
      matrix[p] = row(moments);
    }
    return matrix;
  }

  /** Adds weight e^(i (k x + l y)) for all modes k, and l >= 0, to the moments. */
  private void addModes(double[] moments, double weight, double x, double y) {
    int columns = dimension == 1 ? 1 : modes + 1;
    double kr = weight * StrictMath.cos(modes * x);
    double ki = -weight * StrictMath.sin(modes * x);
    double xr = StrictMath.cos(x);
    double xi = StrictMath.sin(x);
    double yr = StrictMath.cos(y);
    double yi = StrictMath.sin(y);
    int at = 0;
    for (int k = -modes; k <= modes; k++) {
      double r = kr;
      double i = ki;
      for (int l = 0; l < columns; l++) {
        moments[at++] += r;
        moments[at++] += i;
        double next = r * yr - i * yi;
        i = r * yi + i * yr;
        r = next;
      }
      double next = kr * xr - ki * xi;
      ki = kr * xi + ki * xr;
      kr = next;
    }
  }

  /** The expectation of a grid function's interpolant in terms of its values. */
  private double[] row(double[] moments) {
    int columns = dimension == 1 ? 1 : modes + 1;
    int lines = dimension == 1 ? 1 : size;
    double[] row = new double[points()];
    for (int k = -modes; k <= modes; k++) {
      for (int line = 0; line < lines; line++) {
        double r = 0;
        double i = 0;
        for (int l = 0; l < columns; l++) {
          int at = 2 * ((k + modes) * columns + l);
          double cos = (l == 0 ? 1 : 2) * cosines[l * line % size];
          double sin = (l == 0 ? 1 : 2) * sines[l * line % size];
          r += moments[at] * cos + moments[at + 1] * sin;
          i += moments[at + 1] * cos - moments[at] * sin;
        }
        for (int x = 0; x < size; x++) {
          int angle = Math.floorMod(k * x, size);
          row[x * lines + line] += (r * cosines[angle] + i * sines[angle]) / row.length;
        }
      }
    }
    return row;
  }

  /** The Gauss-Hermite nodes of all normals of a step, as Brownian steps with weights. */
  private static final class Quadrature {
    private final double[] weights;
    private final double[][] rows;
    private final double[][] extras;

    Quadrature(Scheme scheme, Sde sde, double dt) {
      int m = sde.channels();
      var terms = scheme.levyTerms(sde);
      int count = BrownianStep.normals(m, terms);
      int extra = scheme.extraNormals(sde);
      int areas = terms.contains(io.pathwise.noise.LevyTerm.AREA) && m > 1 ? m * (m - 1) / 2 : 0;
      int[] rules = scheme.weakOrder(sde.noise()) > 1 ? MORE_NODES : NODES;
      int[] nodes = new int[count + extra];
      int product = 1;
      for (int z = 0; z < nodes.length; z++) {
        nodes[z] = rules[z < m ? 0 : z < count - areas ? 1 : z < count ? 2 : 3];
        product *= nodes[z];
      }
      weights = new double[product];
      double[][] normals = new double[nodes.length][product];
      Arrays.fill(weights, 1);
      int stride = 1;
      for (int z = 0; z < nodes.length; z++) {
        double[][] rule = HERMITE[nodes[z]];
        for (int q = 0; q < product; q++) {
          int node = q / stride % nodes[z];
          normals[z][q] = rule[0][node];
          weights[q] *= rule[1][node];
        }
        stride *= nodes[z];
      }
      extras = Arrays.copyOfRange(normals, count, nodes.length);
      rows = brownian(normals, count, m, terms, dt);
    }

    private static double[][] brownian(
        double[][] normals,
        int count,
        int m,
        java.util.Set<io.pathwise.noise.LevyTerm> terms,
        double dt) {
      Expr z = Expr.leaf(Leaf.NOISE, "z", Shape.vector(count));
      Expr root = Expr.leaf(Leaf.STEP, "root");
      BrownianStep some = BrownianStep.of(z, m, terms, Step.DT, root);
      Expr none = Expr.vector(new double[m]);
      BrownianStep all =
          new BrownianStep(
              Step.DT,
              some.w(),
              some.h() == null ? none : some.h(),
              some.k() == null ? none : some.k(),
              some.area() == null
                  ? Expr.vector(new double[m * m]).reshape(Shape.matrix(m, m))
                  : some.area());
      BatchGraph graph = new BatchGraph(StepGraph.rowsOf(all));
      graph.set("dt", dt);
      graph.set("root", Math.sqrt(dt));
      int product = normals[0].length;
      double[][] rows = new double[StepGraph.rows(m)][product];
      for (int from = 0; from < product; from += BatchGraph.LANES) {
        int n = Math.min(BatchGraph.LANES, product - from);
        for (int i = 0; i < count; i++) {
          System.arraycopy(normals[i], from, graph.input("z[" + i + "]"), 0, n);
        }
        graph.run(n);
        for (int r = 0; r < rows.length; r++) {
          System.arraycopy(graph.output(r), 0, rows[r], from, n);
        }
      }
      return rows;
    }

    void feed(StepGraph step, int from, int n) {
      for (int r = 0; r < rows.length; r++) {
        System.arraycopy(rows[r], from, step.brownian(r), 0, n);
      }
      for (int e = 0; e < extras.length; e++) {
        System.arraycopy(extras[e], from, step.extra(e), 0, n);
      }
    }
  }

  /** Nodes and weights for the standard normal: 3, 4 and 5 points. */
  private static final double[][][] HERMITE = new double[6][][];

  static {
    HERMITE[3] = new double[][] {{-Math.sqrt(3), 0, Math.sqrt(3)}, {1 / 6.0, 2 / 3.0, 1 / 6.0}};
    double s = Math.sqrt(3 - Math.sqrt(6));
    double t = Math.sqrt(3 + Math.sqrt(6));
    double a = (3 + Math.sqrt(6)) / 12;
    double b = (3 - Math.sqrt(6)) / 12;
    HERMITE[4] = new double[][] {{-t, -s, s, t}, {b, a, a, b}};
    double u = Math.sqrt(5 - Math.sqrt(10));
    double v = Math.sqrt(5 + Math.sqrt(10));
    double c = (7 + 2 * Math.sqrt(10)) / 60;
    double d = (7 - 2 * Math.sqrt(10)) / 60;
    HERMITE[5] = new double[][] {{-v, -u, 0, u, v}, {d, c, 8 / 15.0, c, d}};
  }
}
