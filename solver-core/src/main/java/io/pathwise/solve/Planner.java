package io.pathwise.solve;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.control.StepControl;
import io.pathwise.kernel.CoarseGrid;
import io.pathwise.kernel.CurveNodes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.PreparedNoise;
import io.pathwise.kernel.Schedule;
import io.pathwise.kernel.TimeGrid;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import io.pathwise.payoff.Watch;
import io.pathwise.prepare.PathNoise;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Plans a {@link SimulationRequest}: its grid, its traced program and its instances. */
final class Planner {
  private final SimulationRequest request;
  private final List<Claim> claims;
  private final TimeGrid grid;
  private final List<Watch> watches;
  private final List<Watch> everyStep;
  private final int carried;
  private final List<Functional> functionals = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();
  private final List<PathNoise.Driver> drivers;
  private final List<Integer> mostJumps;

  Planner(SimulationRequest request) {
    this.request = request;
    this.claims = request.claims();
    Set<Watch> distinct = new LinkedHashSet<>();
    Set<Double> times = new LinkedHashSet<>(request.times());
    double end = claims.stream().mapToDouble(Claim::time).max().orElse(0);
    request.brought().dates().stream().filter(date -> date <= end).forEach(times::add);
    for (Claim claim : claims) {
      times.add(claim.time());
      claim.watches().forEach(watch -> times.addAll(watch.times()));
      distinct.addAll(claim.watches());
    }
    this.drivers = Drivers.of(request);
    this.watches = distinct.stream().filter(watch -> !watch.everyStep()).toList();
    this.everyStep = distinct.stream().filter(Watch::everyStep).toList();
    this.carried =
        request.sde().states().size() + request.scheme().auxiliaries(request.sde()).size();
    this.grid =
        TimeGrid.of(request.gridStep(), times.stream().mapToDouble(Double::doubleValue).toArray());
    this.mostJumps = request.control().isPresent() ? List.of() : JumpRoom.most(request, grid);
  }

  /**
   * What of the values of parameters goes into the program and its noise.
   *
   * @param drivers the fractional drivers with their Hurst indices
   * @param mostJumps the jumps that a step makes room for, term by term
   */
  record Structure(List<PathNoise.Driver> drivers, List<Integer> mostJumps) {}

  Structure structure() {
    return new Structure(drivers, mostJumps);
  }

  SimulationPlan plan(boolean companion) {
    for (Claim claim : claims) {
      Output template = template(claim);
      if (!outputs.contains(template)) {
        outputs.add(template);
      }
    }
    watches.stream().map(Watch::functional).distinct().forEach(functionals::add);
    Sensitivities.Result fine = Sensitivities.of(request, fine());
    PathRun unshifted = fine.run();
    List<Double> shifts = shifts(unshifted);
    return new SimulationPlan(
        shifted(unshifted, shifts),
        companion && request.control().isEmpty()
            ? coarse(unshifted).map(run -> shifted(run, shifts))
            : Optional.empty(),
        fine.derivatives());
  }

  private PathRun fine() {
    return run(grid, grid.stepInputs(), everyStep(), 1);
  }

  /** The companion, where steps can be joined. */
  private Optional<PathRun> coarse(PathRun fine) {
    CoarseGrid coarse = CoarseGrid.of(grid, read(fine.schedule()));
    return coarse.grid().steps() < grid.steps()
        ? Optional.of(run(coarse.grid(), coarse.stepInputs(), coarse.fineStep(), 2))
        : Optional.empty();
  }

  private int[] everyStep() {
    return IntStream.range(0, grid.steps()).toArray();
  }

  private Output template(Claim claim) {
    boolean differentiated = claim.smooth() && !request.gradient().isEmpty();
    return new Output(
        claim.template(),
        dated(claim).size(),
        TreeTracer.read(
            EveryStep.read(claim, everyStep, carried),
            request.control().isPresent(),
            carried + everyStep.size()),
        differentiated);
  }

  private static List<Watch> dated(Claim claim) {
    return claim.watches().stream().filter(watch -> !watch.everyStep()).toList();
  }

  /**
   * What sums are taken about, so that the variance of a large mean keeps its digits: the value on
   * the path whose normals are all 0. Where paths choose their steps that of path 0 is taken: steps
   * of the largest size may explode.
   */
  static List<Double> shifts(PathRun run) {
    PathReplay replay = new PathReplay(run);
    boolean adaptive = run.control().filter(StepControl::adaptive).isPresent();
    double[] values =
        replay.outputs(adaptive ? replay.states(0) : replay.states(PathReplay.NormalSource.ZERO));
    return Arrays.stream(values).mapToObj(value -> Double.isFinite(value) ? value : 0.0).toList();
  }

  private static PathRun shifted(PathRun run, List<Double> shifts) {
    Schedule schedule = run.schedule();
    List<Schedule.OutputInstance> outputs = new ArrayList<>();
    for (Schedule.OutputInstance output : schedule.outputs()) {
      outputs.add(output.about(shifts.get(outputs.size())));
    }
    return run.with(run.program(), schedule.with(outputs));
  }

  private BitSet read(Schedule schedule) {
    BitSet read = new BitSet();
    double end = grid.times()[grid.steps()];
    request.brought().dates().stream()
        .filter(date -> date <= end)
        .forEach(date -> read.set(grid.index(date)));
    schedule.outputs().forEach(o -> read.set(o.at()));
    schedule.functionals().forEach(f -> IntStream.of(f.events()).forEach(read::set));
    return read;
  }

  private PathRun run(
      TimeGrid on, Map<String, double[]> stepInputs, int[] fineStep, int noiseSets) {
    boolean companion = noiseSets == 2;
    request
        .curves()
        .forEach((name, curve) -> stepInputs.put(Sde.curve(name).name(), means(curve, on)));
    for (int w = 0; w < everyStep.size(); w++) {
      EveryStep.inputs(w, everyStep.get(w), on.steps()).forEach(stepInputs::put);
    }
    List<Output> templates =
        companion
            ? outputs.stream().map(o -> new Output(o.name(), o.slots(), o.value(), false)).toList()
            : outputs;
    List<Functional> stepped =
        IntStream.range(0, everyStep.size())
            .mapToObj(w -> EveryStep.functional(w, everyStep.get(w)))
            .toList();
    PathProgram traced =
        Tracer.trace(
            request.control().isPresent() ? request.sde().withoutJumps() : request.sde(),
            request.scheme(),
            request.precision(),
            companion ? List.of() : request.differentiation().all(),
            noiseSets,
            mostJumps,
            stepped,
            functionals,
            templates);
    PathProgram program =
        request
            .control()
            .map(
                control ->
                    TreeTracer.trace(traced, request.sde(), request.scheme(), stepped, control))
            .orElse(traced);
    List<CurveNodes> nodes =
        companion
            ? List.of()
            : CurveGradient.nodes(request.gradient(), request.sde(), request.curves(), on);
    program =
        program.withCurves(nodes).bringing(request.brought().leaves(), request.brought().program());
    Map<String, int[][]> touched = new TreeMap<>();
    boolean forward = request.differentiation().method() == GradientMethod.TANGENT;
    for (CurveNodes curve : nodes) {
      ZeroCurve rates = request.curves().get(curve.curve());
      touched.put(curve.curve(), CurveGradient.touched(curve, rates, on, forward, stepInputs));
    }
    PreparedNoise noise = PreparedNoise.NONE;
    if (PathNoise.needed(request.noise(), drivers)) {
      PathNoise prepared = prepared(program.channels());
      program = program.prepared(prepared.templates());
      noise = prepared.noise();
    }
    Schedule schedule =
        new Schedule(
            on.times(),
            stepInputs,
            fineStep,
            watches.stream().map(watch -> instance(watch, on)).toList(),
            instances(on, companion, program),
            noise,
            touched,
            request.brought().series(on));
    return new PathRun(
            program,
            schedule,
            request.parameters(),
            request.seed(),
            0,
            request.onNan(),
            request.control())
        .bringing(request.brought().data());
  }

  /** The noise of the grid, which the companion shares. */
  private PathNoise prepared(int channels) {
    boolean alone = request.noise() instanceof NoiseSource.Pseudo;
    if (!alone && request.paths().isEmpty()) {
      throw new IllegalArgumentException(
          request.noise() + " needs the number of paths before the run is planned");
    }
    return PathNoise.of(
        new PathNoise.Request(
            request.noise(),
            drivers,
            request.sde().channels(),
            channels,
            grid.times(),
            request.precision(),
            request.paths().orElse(0)));
  }

  private Schedule.FunctionalInstance instance(Watch watch, TimeGrid on) {
    return new Schedule.FunctionalInstance(
        functionals.indexOf(watch.functional()),
        watch.times().stream().mapToInt(on::index).toArray(),
        watch.inputs());
  }

  private List<Schedule.OutputInstance> instances(
      TimeGrid on, boolean companion, PathProgram program) {
    List<Schedule.OutputInstance> instances = new ArrayList<>();
    for (Claim claim : claims) {
      instances.add(
          CurveGradient.discounted(
              instance(claim, on, companion), claim.time(), program, request.curves()));
    }
    return instances;
  }

  private Schedule.OutputInstance instance(Claim claim, TimeGrid on, boolean companion) {
    return new Schedule.OutputInstance(
        outputs.indexOf(template(claim)),
        on.index(claim.time()),
        dated(claim).stream().mapToInt(watches::indexOf).toArray(),
        claim.inputs(),
        claim.captured() && !companion);
  }

  /** The mean over each step of a curve's forward rate. */
  private static double[] means(ZeroCurve curve, TimeGrid on) {
    double[] t = on.times();
    double[] means = new double[on.steps()];
    for (int k = 0; k < means.length; k++) {
      means[k] = curve.forward(t[k], t[k + 1]);
    }
    return means;
  }
}
