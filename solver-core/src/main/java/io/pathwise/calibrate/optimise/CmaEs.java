package io.pathwise.calibrate.optimise;

import io.pathwise.noise.Threefry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * CMA-ES: samples generations from a normal law whose mean, covariance and size follow the better
 * half (Hansen 2016, "The CMA evolution strategy: a tutorial", with its default constants). Needs
 * no derivatives and finds its way over many local minima: the global stage.
 *
 * <p>Normals are drawn by number from (seed, generation, member), so that a resumed run draws the
 * same. For unbounded coordinates: bounds come in by transforms.
 *
 * @param sigma the initial standard deviation of every coordinate
 * @param seed of the normals
 * @param population members of a generation; larger finds its way over more local minima; 4 + 3 ln
 *     n by default
 * @param stepTolerance done when the law is this narrow, relative to the initial sigma
 * @param valueTolerance done when the values of a generation differ less, relatively
 */
public record CmaEs(
    double sigma, long seed, OptionalInt population, double stepTolerance, double valueTolerance)
    implements Optimiser {

  /** The default population, tolerances of 1e-9 and 1e-12. */
  public CmaEs(double sigma, long seed) {
    this(sigma, seed, OptionalInt.empty(), 1e-9, 1e-12);
  }

  /** A population of another size, tolerances of 1e-9 and 1e-12. */
  public CmaEs(double sigma, long seed, int population) {
    this(sigma, seed, OptionalInt.of(population), 1e-9, 1e-12);
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException unless sigma is above 0 and the population at least 4
   */
  public CmaEs {
    if (!(sigma > 0) || population.orElse(4) < 4) {
      throw new IllegalArgumentException(
          "cma-es with sigma = "
              + sigma
              + " and population = "
              + population
              + ", expected sigma above 0 and a population of at least 4");
    }
  }

  /** The same that ends where the values of a generation differ less, relatively. */
  public CmaEs to(double tolerance) {
    return new CmaEs(sigma, seed, population, stepTolerance, tolerance);
  }

  @Override
  public String name() {
    return "cma-es";
  }

  @Override
  public OptimiserState start(Objective objective, double[] point) {
    Starts.require(objective, point, name());
    if (!objective.isUnbounded()) {
      throw new IllegalArgumentException(
          name() + " of an objective with bounds, expected them in the parameters' transforms");
    }
    Evaluation first = objective.evaluate(point, false);
    int n = point.length;
    double[] identity = new double[n * n];
    for (int j = 0; j < n; j++) {
      identity[n * j + j] = 1;
    }
    return OptimiserState.initial(
        name(),
        point,
        Double.isFinite(first.value()) ? first.value() : Double.MAX_VALUE,
        Map.of(
            "covariance", identity,
            "sigma", new double[] {sigma},
            "path", new double[n],
            "sizePath", new double[n]));
  }

  @Override
  public OptimiserState next(OptimiserState state, Objective objective) {
    if (state.isFinished()) {
      return state;
    }
    Constants c = Constants.of(state.point().length, population);
    double size = state.memory("sigma")[0];
    RealMatrix covariance = square(state.memory("covariance"), c.n);
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(covariance);
    double[] deviations =
        Arrays.stream(eigen.getEigenvalues()).map(x -> Math.sqrt(Math.max(x, 0))).toArray();
    RealMatrix basis = eigen.getV();
    double[][] steps = new double[c.population][];
    double[][] points = new double[c.population][c.n];
    double[] values = new double[c.population];
    for (int k = 0; k < c.population; k++) {
      double[] z = normals(state.iteration(), k, c.n);
      for (int j = 0; j < c.n; j++) {
        z[j] *= deviations[j];
      }
      steps[k] = basis.operate(z);
      for (int j = 0; j < c.n; j++) {
        points[k][j] = state.point()[j] + size * steps[k][j];
      }
      double value = objective.evaluate(points[k], false).value();
      values[k] = Double.isFinite(value) ? value : Double.MAX_VALUE;
    }
    int[] order =
        IntStream.range(0, c.population)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> values[k]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] mean = state.point().clone();
    double[] move = new double[c.n];
    for (int i = 0; i < c.parents; i++) {
      for (int j = 0; j < c.n; j++) {
        move[j] += c.weights[i] * steps[order[i]][j];
      }
    }
    for (int j = 0; j < c.n; j++) {
      mean[j] += size * move[j];
    }
    double[] sizePath = state.memory("sizePath").clone();
    double[] whitened = whitened(basis, deviations, move);
    double keep = Math.sqrt(c.sizeRate * (2 - c.sizeRate) * c.effective);
    for (int j = 0; j < c.n; j++) {
      sizePath[j] = (1 - c.sizeRate) * sizePath[j] + keep * whitened[j];
    }
    double length = norm(sizePath);
    double fade = 1 - StrictMath.pow(1 - c.sizeRate, 2.0 * (state.iteration() + 1));
    boolean steady = length / Math.sqrt(fade) < (1.4 + 2 / (c.n + 1.0)) * c.expectedNorm;
    double[] path = state.memory("path").clone();
    double push = steady ? Math.sqrt(c.pathRate * (2 - c.pathRate) * c.effective) : 0;
    for (int j = 0; j < c.n; j++) {
      path[j] = (1 - c.pathRate) * path[j] + push * move[j];
    }
    double[] updated = c.updated(covariance, path, steady, steps, order);
    double newSize =
        size * StrictMath.exp(c.sizeRate / c.sizeDamping * (length / c.expectedNorm - 1));
    int champion = order[0];
    OptimiserState sampled =
        state.advanced(points[champion], values[champion], c.population, Map.of());
    OptimiserState moved =
        new OptimiserState(
            name(),
            sampled.iteration(),
            sampled.evaluations(),
            mean,
            values[champion],
            sampled.best(),
            sampled.bestValue(),
            OptimiserState.Status.RUNNING,
            "",
            sampled.path(),
            Map.of(
                "covariance", updated,
                "sigma", new double[] {newSize},
                "path", path,
                "sizePath", sizePath));
    double widest = newSize * Arrays.stream(deviations).max().orElse(0);
    if (widest <= stepTolerance * sigma) {
      return moved.finished(OptimiserState.Status.CONVERGED, "the law is below its tolerance");
    }
    double spread = values[order[c.population - 1]] - values[champion];
    return spread <= valueTolerance * Math.abs(values[champion])
        ? moved.finished(OptimiserState.Status.CONVERGED, "a generation's values agree")
        : moved;
  }

  /** C^(-1/2) times a vector. */
  private static double[] whitened(RealMatrix basis, double[] deviations, double[] vector) {
    double[] along = basis.preMultiply(vector);
    for (int j = 0; j < along.length; j++) {
      along[j] = deviations[j] > 0 ? along[j] / deviations[j] : 0;
    }
    return basis.operate(along);
  }

  private double[] normals(int generation, int member, int n) {
    double[] z = new double[n];
    for (int j = 0; j < n; j += 2) {
      long[] words = Threefry.block(seed, 0x434D41, (long) generation << 32 | member, j);
      double radius = Math.sqrt(-2 * StrictMath.log(uniform(words[0])));
      double angle = 2 * Math.PI * uniform(words[1]);
      z[j] = radius * StrictMath.cos(angle);
      if (j + 1 < n) {
        z[j + 1] = radius * StrictMath.sin(angle);
      }
    }
    return z;
  }

  private static double uniform(long word) {
    return ((word >>> 12) + 0.5) * 0x1p-52;
  }

  private static double norm(double[] vector) {
    return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
  }

  private static RealMatrix square(double[] flat, int n) {
    double[][] rows = new double[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = Arrays.copyOfRange(flat, n * i, n * (i + 1));
    }
    return MatrixUtils.createRealMatrix(rows);
  }

  /** The tutorial's table 1 for n coordinates, with non-negative weights. */
  private record Constants(
      int n,
      int population,
      int parents,
      double[] weights,
      double effective,
      double pathRate,
      double sizeRate,
      double rankOne,
      double rankMu,
      double sizeDamping,
      double expectedNorm) {

    static Constants of(int n, OptionalInt members) {
      int population = members.orElse(4 + (int) (3 * StrictMath.log(n)));
      int parents = population / 2;
      double[] weights = new double[parents];
      double total = 0;
      for (int i = 0; i < parents; i++) {
        weights[i] = StrictMath.log((population + 1) / 2.0) - StrictMath.log(i + 1.0);
        total += weights[i];
      }
      double squares = 0;
      for (int i = 0; i < parents; i++) {
        weights[i] /= total;
        squares += weights[i] * weights[i];
      }
      double mu = 1 / squares;
      double pathRate = (4 + mu / n) / (n + 4 + 2 * mu / n);
      double sizeRate = (mu + 2) / (n + mu + 5);
      double rankOne = 2 / ((n + 1.3) * (n + 1.3) + mu);
      double rankMu = Math.min(1 - rankOne, 2 * (mu - 2 + 1 / mu) / ((n + 2.0) * (n + 2.0) + mu));
      double damping = 1 + 2 * Math.max(0, Math.sqrt((mu - 1) / (n + 1)) - 1) + sizeRate;
      double expected = Math.sqrt(n) * (1 - 1 / (4.0 * n) + 1 / (21.0 * n * n));
      return new Constants(
          n,
          population,
          parents,
          weights,
          mu,
          pathRate,
          sizeRate,
          rankOne,
          rankMu,
          damping,
          expected);
    }

    double[] updated(
        RealMatrix covariance, double[] path, boolean steady, double[][] steps, int[] order) {
      double lost = steady ? 0 : rankOne * pathRate * (2 - pathRate);
      double[] flat = new double[n * n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          double sum = (1 - rankOne - rankMu + lost) * covariance.getEntry(i, j);
          sum += rankOne * path[i] * path[j];
          for (int k = 0; k < parents; k++) {
            sum += rankMu * weights[k] * steps[order[k]][i] * steps[order[k]][j];
          }
          flat[n * i + j] = sum;
          flat[n * j + i] = sum;
        }
      }
      return flat;
    }
  }
}
