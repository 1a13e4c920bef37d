package io.pathwise.solve;

import io.pathwise.estimate.LevelAllocation;
import io.pathwise.estimate.LevelStatistics;
import io.pathwise.kernel.Lanes;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Watch;
import java.util.ArrayList;
import java.util.List;

/**
 * Multilevel Monte Carlo: E[P_L] = E[P_0] + sum_l E[P_l - P_(l-1)], most paths on coarse grids and
 * few on fine ones, whose two payoffs share their Brownian motion (Giles 2008, "Multilevel Monte
 * Carlo path simulation"). Levels are added until the extrapolated bias and the variance together
 * meet a root mean square error.
 *
 * <p>Level 0 has the grid of the solver; every level halves the steps. What is run next follows
 * from numbers alone, so that the result does not depend on the machine. Derivatives are sums over
 * levels too; the paths of a level are chosen for the values.
 *
 * <pre>{@code
 * MultilevelSolution solution = Multilevel.of(solver.step(0.25)).rmse(0.01).solve();
 * }</pre>
 */
public final class Multilevel {
  private static final int LEAST_LEVEL = 2;
  private static final double WORTHWHILE = 0.01;
  private static final int MOST_LEVEL = 20;

  /** Runs a simulation, wherever. */
  @FunctionalInterface
  public interface Runner {
    /** The sums over paths 0 to {@code paths} - 1 of a plan. */
    Tally run(SimulationPlan plan, long paths);
  }

  private final Solver solver;
  private Runner runner;
  private double rmse = Double.NaN;
  private long firstPaths = 4096;
  private int mostLevel = 10;

  private Multilevel(Solver solver) {
    this.solver = solver;
    this.runner = solver.runner();
  }

  /** Of a plain solver, whose step size is that of the coarsest level. */
  public static Multilevel of(Solver solver) {
    return new Multilevel(solver);
  }

  /** Sets the root mean square error that every claim is to have, in the claim's unit. */
  public Multilevel rmse(double target) {
    rmse = target;
    return this;
  }

  /** Sets the paths of a level before its variance is known; 4,096 unless told. */
  public Multilevel firstPaths(long count) {
    firstPaths = count;
    return this;
  }

  /** Sets the finest level that may be reached, 2 to 20; 10 unless told. */
  public Multilevel mostLevel(int level) {
    mostLevel = level;
    return this;
  }

  /** Runs elsewhere than on the threads of the solver; the numbers do not depend on it. */
  public Multilevel on(Runner other) {
    runner = other;
    return this;
  }

  /** What runs its simulations: the threads of the solver, unless told. */
  public Runner runner() {
    return runner;
  }

  /**
   * Runs levels until the error is met, or the finest level is reached and its bias is still too
   * large: see {@link MultilevelSolution#converged}.
   *
   * @throws IllegalArgumentException naming all that is missing or wrong
   */
  public MultilevelSolution solve() {
    require(rmse > 0 && Double.isFinite(rmse), "rmse = " + rmse + ", expected a number above 0");
    LevelAllocation allocation = new LevelAllocation(rmse);
    LevelPlan plan = plan();
    List<LevelSums> levels = new ArrayList<>();
    for (int l = 0; l <= LEAST_LEVEL; l++) {
      add(plan, levels);
      levels.get(l).add(firstPaths, runner);
    }
    boolean biased = true;
    while (true) {
      List<LevelAllocation.View> views = views(levels);
      long[] needed = needed(allocation, views);
      if (run(levels, needed, WORTHWHILE)) {
        continue;
      }
      biased = views.stream().anyMatch(view -> !allocation.admits(view.bias()));
      if (!biased || levels.size() > mostLevel) {
        run(levels, needed, 0);
        break;
      }
      add(plan, levels);
      double cost = levels.get(levels.size() - 1).cost();
      run(levels, needed(allocation, views.stream().map(v -> v.further(cost)).toList()), 0);
    }
    return new MultilevelSolution(solver.request(), rmse, !biased, levels);
  }

  /**
   * Runs the same number of paths on levels 0 to {@code level}, to see rates, kurtosis and
   * consistency before errors are asked for (the first part of a convergence test, Giles 2015,
   * section 3.1).
   *
   * @param level at least 2
   */
  public MultilevelSolution study(int level, long paths) {
    require(level >= LEAST_LEVEL && level <= MOST_LEVEL, "level = " + level + ", expected 2 to 20");
    LevelPlan plan = plan();
    List<LevelSums> levels = new ArrayList<>();
    for (int l = 0; l <= level; l++) {
      add(plan, levels);
      levels.get(l).add(paths, runner);
    }
    return new MultilevelSolution(solver.request(), Double.NaN, false, levels);
  }

  /**
   * The levels.
   *
   * @throws IllegalArgumentException naming all that is missing or wrong
   */
  LevelPlan plan() {
    SimulationRequest request = solver.request();
    List<String> problems = new ArrayList<>(request.beyondPlainSteps("multilevel"));
    List<Claim> claims = request.claims();
    if (!solver.isPlain()) {
      problems.add(
          "multilevel with another estimator or control variates, expected a plain solver");
    }
    if (claims.stream().anyMatch(Claim::captured)) {
      problems.add(
          "multilevel with observations, whose samples are not values of paths: expected claims");
    }
    if (claims.stream().flatMap(c -> c.watches().stream()).anyMatch(Watch::everyStep)) {
      problems.add("multilevel of what is watched at every step, expected dates");
    }
    if (request.differentiation().beyondFirst()) {
      problems.add(
          "multilevel with second derivatives, theta or a sensitivity method, expected first"
              + " derivatives of paths");
    }
    if (firstPaths < 2) {
      problems.add("first paths = " + firstPaths + ", expected at least 2");
    }
    if (mostLevel < LEAST_LEVEL || mostLevel > MOST_LEVEL) {
      problems.add("most level = " + mostLevel + ", expected 2 to " + MOST_LEVEL);
    }
    if (request.gradient().stream()
        .anyMatch(name -> CurveGradient.isNode(name, request.sde(), request.curves()))) {
      problems.add("multilevel: no derivatives in nodes of curves, expected other parameters");
    }
    solver.requireSound(problems);
    return new LevelPlan(request, LevelPlan.coarsest(SimulationPlan.of(request, false)));
  }

  private static void require(boolean sound, String problem) {
    if (!sound) {
      throw new IllegalArgumentException(problem);
    }
  }

  private static void add(LevelPlan plan, List<LevelSums> levels) {
    int level = levels.size();
    levels.add(new LevelSums(level, plan.run(level), plan.cost(level)));
  }

  private List<LevelAllocation.View> views(List<LevelSums> levels) {
    List<LevelAllocation.View> views = new ArrayList<>();
    for (int claim = 0; claim < solver.request().claims().size(); claim++) {
      List<LevelStatistics> statistics = new ArrayList<>();
      for (LevelSums level : levels) {
        statistics.add(level.statistics(claim));
      }
      views.add(LevelAllocation.View.of(statistics));
    }
    return views;
  }

  /** The paths that each level needs for the claim that needs most. */
  private static long[] needed(LevelAllocation allocation, List<LevelAllocation.View> views) {
    long[] most = new long[views.get(0).costs().length];
    for (LevelAllocation.View view : views) {
      long[] paths = allocation.paths(view);
      for (int l = 0; l < most.length; l++) {
        most[l] = Math.max(most[l], paths[l]);
      }
    }
    return most;
  }

  /**
   * Runs what is missing, in whole blocks, if a level misses more than a part of what it has.
   *
   * @return whether anything was run
   */
  private boolean run(List<LevelSums> levels, long[] needed, double part) {
    boolean worthwhile = false;
    for (int l = 0; l < levels.size(); l++) {
      long samples = levels.get(l).samples();
      worthwhile |= needed[l] - samples > part * samples;
    }
    for (int l = 0; worthwhile && l < levels.size(); l++) {
      long missing = needed[l] - levels.get(l).samples();
      if (missing > 0) {
        levels.get(l).add((missing + Lanes.WIDTH - 1) / Lanes.WIDTH * Lanes.WIDTH, runner);
      }
    }
    return worthwhile;
  }
}
