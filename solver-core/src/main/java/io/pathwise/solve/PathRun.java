package io.pathwise.solve;

import io.pathwise.adjoint.GradientChoice;
import io.pathwise.control.StepControl;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Schedule;
import java.util.BitSet;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Everything that fixes the numbers of a simulation, wherever it runs.
 *
 * @param program the traced graphs
 * @param schedule grid and instances
 * @param parameters the value of every parameter
 * @param seed the seed of the noise
 * @param stream the stream of the noise: runs with other streams are independent
 * @param onNan what a path that is not finite does
 * @param leg the part of the grid that is covered; in parts only without a reverse sweep, which
 *     spans the path
 * @param control how paths choose their steps, for a program with a {@link
 *     io.pathwise.kernel.TreeStep}
 * @param data what paths bring along
 * @param gradient how derivatives are computed
 */
public record PathRun(
    PathProgram program,
    Schedule schedule,
    Map<String, Double> parameters,
    long seed,
    long stream,
    OnNan onNan,
    Leg leg,
    Optional<StepControl> control,
    PathData data,
    GradientChoice gradient) {

  /** Copies the parameters and checks the leg and the control. */
  public PathRun {
    if (control.isPresent() != program.tree().isPresent()) {
      throw new IllegalArgumentException(
          "a step control and a step on a tree come together, here only one of them");
    }
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    boolean whole = leg.from() == 0 && leg.to() == schedule.steps();
    if (leg.to() > schedule.steps()) {
      throw new IllegalArgumentException(leg + " of a grid of " + schedule.steps() + " steps");
    }
    if (!whole && (program.swept() || onNan == OnNan.DROP)) {
      throw new IllegalArgumentException(
          "a run that is swept backwards or drops paths covers its grid in one leg");
    }
  }

  /** A run over the whole grid. */
  public PathRun(
      PathProgram program,
      Schedule schedule,
      Map<String, Double> parameters,
      long seed,
      long stream,
      OnNan onNan) {
    this(program, schedule, parameters, seed, stream, onNan, Optional.empty());
  }

  /** A run over the whole grid whose paths may choose their steps. */
  public PathRun(
      PathProgram program,
      Schedule schedule,
      Map<String, Double> parameters,
      long seed,
      long stream,
      OnNan onNan,
      Optional<StepControl> control) {
    this(
        program,
        schedule,
        parameters,
        seed,
        stream,
        onNan,
        new Leg(0, schedule.steps()),
        control,
        PathData.NONE);
  }

  /** A run whose sweeps, if there are any, keep all that they read. */
  public PathRun(
      PathProgram program,
      Schedule schedule,
      Map<String, Double> parameters,
      long seed,
      long stream,
      OnNan onNan,
      Leg leg,
      Optional<StepControl> control,
      PathData data) {
    this(
        program,
        schedule,
        parameters,
        seed,
        stream,
        onNan,
        leg,
        control,
        data,
        GradientChoice.NONE);
  }

  /** The same run over a part of the grid. */
  public PathRun over(Leg part) {
    return new PathRun(
        program, schedule, parameters, seed, stream, onNan, part, control, data, gradient);
  }

  /** Another program on another schedule with the same parameters and noise, on its whole grid. */
  PathRun with(PathProgram other, Schedule on) {
    Leg whole = new Leg(0, on.steps());
    return new PathRun(other, on, parameters, seed, stream, onNan, whole, control, data, gradient);
  }

  /** The same run of paths that bring something along. */
  PathRun bringing(PathData brought) {
    return new PathRun(
        program, schedule, parameters, seed, stream, onNan, leg, control, brought, gradient);
  }

  /** The same run with its derivatives computed in this way. */
  PathRun with(GradientChoice choice) {
    return new PathRun(
        program, schedule, parameters, seed, stream, onNan, leg, control, data, choice);
  }

  /** The same run at other values of the parameters and with another seed. */
  PathRun at(Map<String, Double> values, long otherSeed) {
    return new PathRun(
        program, schedule, values, otherSeed, stream, onNan, leg, control, data, gradient);
  }

  /** The same at other values of parameters, which the program may have more of. */
  PathRun with(PathProgram other, Schedule on, Map<String, Double> values) {
    return new PathRun(other, on, values, seed, stream, onNan, control).bringing(data);
  }

  /** The same run on an independent stream of noise. */
  PathRun onStream(long other) {
    return new PathRun(
        program, schedule, parameters, seed, other, onNan, leg, control, data, gradient);
  }

  /** Whether what happens at a grid index happens in this leg. */
  public boolean covers(int at) {
    return at <= leg.to() && (at > leg.from() || leg.from() == 0);
  }

  /** Whether paths bring something along from the leg before. */
  public boolean continued() {
    return leg.from() > 0;
  }

  /** Whether paths take something along to the leg after. */
  public boolean cut() {
    return leg.to() < schedule.steps();
  }

  /**
   * The functional instances that paths carry over a cut at a grid index: those with an event up to
   * it that an output after it reads.
   */
  public int[] carried(int cut) {
    BitSet carried = new BitSet();
    for (Schedule.OutputInstance output : schedule.outputs()) {
      if (output.at() > cut) {
        for (int f : output.functionals()) {
          carried.set(f, schedule.functionals().get(f).updates(cut) > 0 || carried.get(f));
        }
      }
    }
    return carried.stream().toArray();
  }

  /** The rows that a path carries over a cut: its states and the carried functionals' values. */
  public int carriedRows(int cut) {
    return program.states() + IntStream.of(carried(cut)).map(this::components).sum();
  }

  /** The number of values of functional instance {@code f}. */
  public int components(int f) {
    return program.functionals().get(schedule.functionals().get(f).template()).components();
  }

  /**
   * The number of sums a shard returns: for each output its sum and its sum of squares, and for
   * each differentiated output the same for every parameter.
   */
  public int sums() {
    return offset(schedule.outputs().size());
  }

  /** The index of an output's first sum. */
  public int offset(int output) {
    int offset = 0;
    for (int o = 0; o < output; o++) {
      offset += 2 * (1 + derivatives(schedule.outputs().get(o)));
    }
    return offset;
  }

  /** The number of parameters that an output is differentiated in. */
  public int derivatives(Schedule.OutputInstance output) {
    return program.outputs().get(output.template()).differentiated()
        ? program.gradient().size()
        : 0;
  }
}
