package io.pathwise.solve;

import io.pathwise.estimate.Segments;
import io.pathwise.kernel.PreparedNoise;
import io.pathwise.kernel.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A simulation ready to run: the run itself and, where steps can be joined, its companion at twice
 * the step on the same Brownian paths. Output number i of both is claim number i.
 *
 * @param fine the run
 * @param coarse the companion, without derivatives and captured values
 * @param derivatives where the derivatives of claims stand among the outputs of the run
 */
public record SimulationPlan(PathRun fine, Optional<PathRun> coarse, Derivatives derivatives) {

  /** A plan without derivatives, or one to be run where they do not matter. */
  public SimulationPlan(PathRun fine, Optional<PathRun> coarse) {
    this(fine, coarse, Derivatives.NONE);
  }

  /**
   * Plans a simulation.
   *
   * @param request what is simulated
   * @param companion whether a companion is wanted
   * @throws IllegalArgumentException if the scheme does not fit the equation
   */
  static SimulationPlan of(SimulationRequest request, boolean companion) {
    return new Planner(request).plan(companion);
  }

  /**
   * The same run at other values, without its companion.
   *
   * @throws IllegalArgumentException if there is not one shift an output
   */
  public SimulationPlan with(PlanValues values) {
    Schedule schedule = fine.schedule();
    if (values.shifts().size() != schedule.outputs().size()) {
      throw new IllegalArgumentException(
          values.shifts().size() + " shifts, expected " + schedule.outputs().size());
    }
    List<Schedule.OutputInstance> outputs = new ArrayList<>();
    for (Schedule.OutputInstance output : schedule.outputs()) {
      outputs.add(output.about(values.shifts().get(outputs.size())));
    }
    PathRun run =
        new PathRun(
            fine.program(),
            schedule.with(outputs),
            values.parameters(),
            values.seed(),
            fine.stream(),
            fine.onNan(),
            fine.leg(),
            fine.control(),
            fine.data(),
            fine.gradient());
    return new SimulationPlan(run, Optional.empty(), derivatives);
  }

  /** The number of steps of all paths together, the companion's included. */
  public long pathSteps(long paths) {
    return paths * (steps(fine) + coarse.map(SimulationPlan::steps).orElse(0));
  }

  /** How the shards of a run are put together for its estimates. */
  public Segments segments(long shards) {
    PreparedNoise noise = fine.schedule().noise();
    return noise.grouping() == PreparedNoise.Grouping.NONE
        ? Segments.of(shards)
        : Segments.equal(shards, noise.groups());
  }

  /**
   * The shard size nearest to what is wanted that lets paths which belong together, such as those
   * of one randomisation of a point set, fill shards of their own.
   *
   * @throws IllegalArgumentException if the size does not divide their number
   */
  public int shardSize(long paths, int wanted) {
    PreparedNoise noise = fine.schedule().noise();
    if (noise.grouping() == PreparedNoise.Grouping.NONE) {
      return wanted;
    }
    long each = paths / noise.groups();
    if (each < 1 || each * noise.groups() != paths || each % Math.min(each, wanted) != 0) {
      throw new IllegalArgumentException(
          paths
              + " paths in shards of "
              + wanted
              + ", expected "
              + noise.groups()
              + " equal groups of whole shards: a shard size that is a power of two");
    }
    return (int) Math.min(each, wanted);
  }

  private static int steps(PathRun run) {
    return run.leg().to() - run.leg().from();
  }

  /** Whether the run can be cut at a grid index: the companion must have a step that ends there. */
  public boolean cuttable(int at) {
    double time = fine.schedule().times()[at];
    return coarse.isEmpty() || Arrays.binarySearch(coarse.get().schedule().times(), time) >= 0;
  }

  /**
   * The part of the plan from one grid index of the run to another.
   *
   * @throws IllegalArgumentException if the run cannot be cut there
   */
  public SimulationPlan over(Leg leg) {
    return new SimulationPlan(
        fine.over(leg),
        coarse.map(run -> run.over(new Leg(at(run, leg.from()), at(run, leg.to())))),
        derivatives);
  }

  /** The grid index of the companion at the time that the run has at an index. */
  private int at(PathRun companion, int index) {
    double time = fine.schedule().times()[index];
    int at = Arrays.binarySearch(companion.schedule().times(), time);
    if (at < 0) {
      throw new IllegalArgumentException("the companion has no step that ends at t = " + time);
    }
    return at;
  }
}
