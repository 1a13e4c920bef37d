package io.pathwise.solve;

import io.pathwise.adjoint.Differentiation;
import io.pathwise.adjoint.GradientMethod;
import io.pathwise.adjoint.SensitivityMethod;
import io.pathwise.control.Boundary;
import io.pathwise.control.Bounded;
import io.pathwise.control.StepControl;
import io.pathwise.expr.Expr;
import io.pathwise.kernel.CurveNodes;
import io.pathwise.kernel.Precision;
import io.pathwise.kernel.Recurrence;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Control;
import io.pathwise.scheme.EulerMaruyama;
import io.pathwise.scheme.Scheme;
import io.pathwise.sde.InitialValues;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Solves an equation by Monte Carlo: collects what is wanted, then {@link #solve} runs it on the
 * cores of this machine. The numbers depend on the declaration, the seed and the number of paths
 * alone, not on the machine or the number of threads.
 *
 * <pre>{@code
 * Solution solution =
 *     Solver.of(sde).parameters(Map.of("spot", 100.0, "mu", 0.05, "sigma", 0.2))
 *         .observe("S", 0.5, 1.0)
 *         .gradient("spot", "sigma")
 *         .solve(100_000);
 * }</pre>
 */
public final class Solver {
  private final Sde sde;
  private final Map<String, Double> parameters = new TreeMap<>();
  private final Map<String, ZeroCurve> curves = new TreeMap<>();
  private final List<Claim> claims = new ArrayList<>();
  private final List<Double> times = new ArrayList<>();
  private final List<PathInput> inputs = new ArrayList<>();
  private final List<Brought.Made> recurrences = new ArrayList<>();
  private final List<String> gradient = new ArrayList<>();
  private GradientMethod gradientMethod = GradientMethod.AUTO;
  private long gradientMemory = Differentiation.MEMORY;
  private SensitivityMethod sensitivity = new SensitivityMethod.Pathwise();
  private final Map<String, List<String>> second = new LinkedHashMap<>();
  private boolean theta;
  private Scheme scheme = new EulerMaruyama();
  private Precision precision = Precision.DOUBLE;
  private double step = 1.0 / 252;
  private long seed = 1;
  private NoiseSource noise = NoiseSource.PSEUDO;
  private OnNan onNan = OnNan.FAIL;
  private final Map<String, List<Control>> controls = new LinkedHashMap<>();
  private Estimator estimator = new Estimator.Plain();
  private int pilotPaths = 8192;
  private boolean companion;
  private Optional<StepControl> control = Optional.empty();
  private int shardSize = 4096;
  private ShardExecutor executor = new CpuExecutor();
  private DeviceRequest device = DeviceRequest.ANY;
  private int threads = Runtime.getRuntime().availableProcessors();

  private Solver(Sde sde) {
    this.sde = sde;
  }

  /** A solver of an equation: Euler-Maruyama at 252 steps a year and seed 1, unless told. */
  public static Solver of(Sde sde) {
    return new Solver(sde);
  }

  /** Sets the values of parameters. */
  public Solver parameters(Map<String, Double> values) {
    parameters.putAll(values);
    return this;
  }

  /**
   * Sets the elements of a vector parameter, or of a matrix row by row.
   *
   * @throws IllegalArgumentException if the equation does not declare as many
   */
  public Solver parameters(String array, double[] values) {
    List<String> elements = sde.elements(array);
    if (elements.size() != values.length) {
      throw new IllegalArgumentException(
          sde.name()
              + ": "
              + values.length
              + " values for parameter "
              + array
              + ", expected "
              + elements.size());
    }
    for (int i = 0; i < values.length; i++) {
      parameters.put(elements.get(i), values[i]);
    }
    return this;
  }

  /** Sets the term structures that the equation reads through {@link Sde#curve}. */
  public Solver curves(Map<String, ZeroCurve> values) {
    curves.putAll(values);
    return this;
  }

  /** Gives every path a vector to bring along, or one a date: {@link PathInput#leaf} reads it. */
  public Solver input(PathInput input) {
    inputs.add(input);
    return this;
  }

  /**
   * Adds a recurrence that runs backward over dates before a path starts, such as an encoder of
   * observations: {@link Recurrence#value} reads what it makes, as if paths had brought it along.
   *
   * @param dates years, at least 0 and increasing; those of the series it reads
   */
  public Solver recurrence(Recurrence recurrence, List<Double> dates) {
    recurrences.add(new Brought.Made(recurrence, List.copyOf(dates)));
    return this;
  }

  /** Sets the numerical method. */
  public Solver scheme(Scheme method) {
    scheme = method;
    return this;
  }

  /**
   * Puts a boundary around the numerical method set before: paths stop, are absorbed or reflected
   * there. {@link Boundary#alive} and {@link Boundary#time} can be observed from then on.
   */
  public Solver boundary(Boundary boundary) {
    scheme = new Bounded(scheme, boundary);
    return this;
  }

  /** Sets the numbers that paths are computed with; double precision unless told. */
  public Solver precision(Precision numbers) {
    precision = numbers;
    return this;
  }

  /** Sets the step size in years; the times of what is read are steps too. */
  public Solver step(double years) {
    step = years;
    return this;
  }

  /**
   * Makes times steps of the grid whether or not anything is read there, so that runs which read
   * less stay on the grid of those that read more.
   *
   * @param years above 0
   */
  public Solver times(List<Double> years) {
    times.addAll(years);
    return this;
  }

  /** Sets the seed of the noise. */
  public Solver seed(long number) {
    seed = number;
    return this;
  }

  /** Sets where the normals come from; pseudo-random numbers unless told. */
  public Solver noise(NoiseSource source) {
    noise = source;
    return this;
  }

  /**
   * Observes a state or another observable of the equation: its moments, quantiles and every path's
   * value (8 bytes a path and time) are in the solution.
   *
   * @param observable a key of {@link Sde#observables}; where paths choose their steps also {@code
   *     adaptive.steps}, {@code adaptive.rejected} and {@code adaptive.forced}, the numbers of
   *     steps taken, of those tried in vain, and of those taken at the smallest size all the same
   * @param times years, above 0
   */
  public Solver observe(String observable, double... times) {
    Map<String, Expr> observables = new LinkedHashMap<>(sde.observables());
    observables.putAll(scheme.observables(sde));
    TreeTracer.counts().forEach(observables::put);
    Expr value = observables.get(observable);
    if (value == null) {
      throw new IllegalArgumentException(
          "observable " + observable + ", expected one of " + observables.keySet());
    }
    for (double time : times) {
      claims.add(Claim.observation(Solution.id(observable, time), observable, value, time));
    }
    return this;
  }

  /** Adds claims, such as those of {@link io.pathwise.payoff.Contracts}. */
  public Solver claims(List<Claim> more) {
    claims.addAll(more);
    return this;
  }

  /** Adds a claim. */
  public Solver claim(Claim claim) {
    claims.add(claim);
    return this;
  }

  /**
   * Asks for the derivatives of every smooth claim's mean in these parameters, by the adjoint; the
   * name of a vector or matrix parameter stands for all its elements.
   *
   * <p>The zero rate at node k of a curve {@code rate} is the parameter {@code rate[k]}; the name
   * of the curve, or of one node, stands for all its nodes. They count where the equation reads
   * {@link Sde#curve} and where claims are discounted by {@link
   * io.pathwise.payoff.Discounting#curve(String, java.util.function.DoubleUnaryOperator)} of that
   * name. The initial value of a state S is the parameter {@code initial.S}.
   */
  public Solver gradient(String... names) {
    return gradient(List.of(names));
  }

  /** Asks for the derivatives in these parameters. */
  public Solver gradient(List<String> names) {
    for (String name : names) {
      List<String> elements = sde.elements(name);
      gradient.addAll(elements.isEmpty() ? List.of(name) : elements);
    }
    return this;
  }

  /** Sets how derivatives are computed; chosen from the declaration unless told. */
  public Solver gradientMethod(GradientMethod method) {
    gradientMethod = method;
    return this;
  }

  /** Sets the most bytes that a thread may keep for derivatives; 64 MiB unless told. */
  public Solver gradientMemory(long bytes) {
    gradientMemory = bytes;
    return this;
  }

  /** Sets what is averaged over paths for a derivative; the derivative of a path unless told. */
  public Solver sensitivity(SensitivityMethod method) {
    sensitivity = method;
    return this;
  }

  /**
   * Asks for second derivatives of every claim's mean: that in the first parameter is
   * differentiated again in each of the others.
   *
   * @param first a parameter
   * @param others parameters, the first one among them for its own second derivative
   */
  public Solver secondOrder(String first, String... others) {
    second.computeIfAbsent(first, name -> new ArrayList<>()).addAll(List.of(others));
    return this;
  }

  /**
   * Asks for the derivative of every claim's mean in calendar time, by a scale of all times: dates
   * of a claim keep their proportions, and term structures stretch with time, so that every step
   * keeps its forward rates.
   */
  public Solver theta() {
    theta = true;
    return this;
  }

  /** Says what a path that is not finite does; without, it fails the solution. */
  public Solver onNan(OnNan reaction) {
    onNan = reaction;
    return this;
  }

  /**
   * Says how paths become an estimate; one path is one sample unless told. Estimators other than
   * the plain one deliver claims, not the values of paths: they do not go with {@link #observe}.
   */
  public Solver estimator(Estimator method) {
    estimator = method;
    return this;
  }

  /**
   * Adds a control variate to a claim. Coefficients are fitted by least squares on a pilot whose
   * noise is independent of the run's, so that the estimate stays unbiased.
   *
   * @param claim the id of the claim
   * @param control read at the claim's time, with its known mean
   */
  public Solver control(String claim, Control control) {
    controls.computeIfAbsent(claim, id -> new ArrayList<>()).add(control);
    return this;
  }

  /** Adds a control variate whose mean is a number. */
  public Solver control(String claim, Claim control, double mean) {
    return control(claim, Control.of(control, mean));
  }

  /** Sets the paths of each pilot: those of control variates and of the search for a drift. */
  public Solver pilotPaths(int count) {
    pilotPaths = count;
    return this;
  }

  /** Runs a companion at twice the step on the same Brownian paths, to show the step's bias. */
  public Solver companion() {
    companion = true;
    return this;
  }

  /**
   * Lets every path choose its steps; the step of the grid is then the control's largest, over
   * which curves are averaged. Jumps come at times of each path's own. Without a companion and, for
   * now, without derivatives.
   */
  public Solver adaptive(StepControl steps) {
    control = Optional.of(steps);
    return this;
  }

  /** Sets the paths a shard, the unit of work and of sums: part of what fixes the last bits. */
  public Solver shardSize(int paths) {
    shardSize = paths;
    return this;
  }

  /** Sets the number of threads; the numbers do not depend on it. */
  public Solver threads(int count) {
    threads = count;
    return this;
  }

  /**
   * Runs on another executor than the CPU's; the numbers do not depend on it.
   *
   * @param backend one of {@link ShardExecutor#installed}
   * @param request which of its devices
   */
  public Solver on(ShardExecutor backend, DeviceRequest request) {
    executor = backend;
    device = request;
    return this;
  }

  /**
   * The simulation without running it, where the noise does not depend on the number of paths;
   * pilots of control variates and drifts are run.
   *
   * @throws IllegalArgumentException naming all that is missing or wrong
   */
  public SimulationPlan plan() {
    return prepare(OptionalLong.empty()).plan();
  }

  /**
   * The simulation of a number of paths without running it.
   *
   * @throws IllegalArgumentException naming all that is missing or wrong
   */
  public SimulationPlan plan(long paths) {
    return prepare(paths).plan();
  }

  /**
   * The simulation of a number of paths and what its pilots found.
   *
   * @throws IllegalArgumentException naming all that is missing or wrong
   */
  public Prepared prepare(long paths) {
    return prepare(OptionalLong.of(paths));
  }

  /**
   * The simulation of a number of paths, to be evaluated at many values of its parameters. A drift
   * that is to be found is found for the values of now.
   *
   * @param paths how many are simulated; antithetic pairs count as one
   * @throws IllegalArgumentException naming all that is missing or wrong; control variates are,
   *     whose means are those of the values of now
   */
  public ParametricPlan parametric(long paths) {
    requireSound(
        controls.isEmpty()
            ? List.of()
            : List.of(
                "control variates of "
                    + controls.keySet()
                    + ", whose means change with the parameters: expected none"));
    OptionalLong count = OptionalLong.of(paths);
    Estimator found =
        estimator instanceof Estimator.ImportanceFor
            ? piloted(count).prepare(false).estimator()
            : estimator;
    return new ParametricPlan(request(count), PilotedPlan.transform(found));
  }

  private Prepared prepare(OptionalLong paths) {
    requireSound();
    return piloted(paths).prepare(companion);
  }

  private PilotedPlan piloted(OptionalLong paths) {
    return new PilotedPlan(
        request(paths), controls, estimator, new Pilot(pilotPaths, shardSize, threads));
  }

  /**
   * Checks the declaration.
   *
   * @throws IllegalArgumentException naming all that is missing or wrong
   */
  void requireSound() {
    requireSound(List.of());
  }

  /** Checks the declaration for a use that has more problems with it. */
  void requireSound(List<String> more) {
    List<String> problems = problems();
    problems.addAll(more);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(sde.name() + ": " + String.join("; ", problems));
    }
  }

  private Differentiation differentiation() {
    return new Differentiation(
        CurveGradient.expand(gradient, sde, curves),
        gradientMethod,
        gradientMemory,
        sensitivity,
        second,
        theta);
  }

  /** What is simulated, on any number of paths. */
  SimulationRequest request() {
    return request(OptionalLong.empty());
  }

  private SimulationRequest request(OptionalLong paths) {
    Differentiation differentiation = differentiation();
    List<String> differentiated = differentiation.all();
    Map<String, Double> values = new TreeMap<>(parameters);
    values.putAll(InitialValues.values(sde, differentiated));
    return new SimulationRequest(
        InitialValues.free(sde, differentiated),
        scheme,
        precision,
        values,
        curves,
        step,
        times,
        claims,
        differentiation,
        seed,
        onNan,
        noise,
        paths,
        control,
        new Brought(inputs, recurrences));
  }

  /** Whether samples are plain paths, without control variates. */
  boolean isPlain() {
    return estimator instanceof Estimator.Plain && controls.isEmpty();
  }

  /** Runs plans on the threads and the executor of this solver. */
  Multilevel.Runner runner() {
    return (plan, paths) ->
        new LocalRun(plan, paths, shardSize, PathSink.NONE, executor, device).run(threads);
  }

  /**
   * Why an equation, a scheme and derivatives do not go with paths that choose their steps; empty
   * where they do.
   *
   * @param gradient the parameters to differentiate in
   */
  public static List<String> controlProblems(
      Sde sde, Scheme scheme, StepControl control, List<String> gradient) {
    return TreeTracer.problems(sde, scheme, control, gradient);
  }

  private List<String> broughtProblems() {
    List<Expr> reading = new ArrayList<>(List.of(sde.initial(), sde.drift(), sde.diffusion()));
    List<Expr> values = new ArrayList<>();
    for (Claim claim : claims) {
      values.add(claim.value());
      claim.watches().forEach(watch -> reading.addAll(watch.functional().update()));
    }
    Brought brought = new Brought(inputs, recurrences);
    List<String> problems = new ArrayList<>(brought.problems(reading, values, sde.parameters()));
    if (control.isPresent() && !inputs.isEmpty()) {
      problems.add("paths that bring inputs along with steps of their own, expected the grid's");
    }
    return problems;
  }

  private String aNode() {
    return CurveNodes.parameter(curves.keySet().iterator().next(), 0);
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (String name : sde.parameters()) {
      Double value = parameters.get(name);
      if (value == null || !Double.isFinite(value)) {
        problems.add("parameter " + name + " = " + value + ", expected a finite number");
      }
    }
    List<String> differentiated = differentiation().all();
    for (String name : differentiated) {
      if (!sde.parameters().contains(name)
          && !InitialValues.contains(sde, name)
          && CurveGradient.curve(name, curves).isEmpty()) {
        problems.add(
            "gradient in "
                + name
                + ", expected one of "
                + sde.parameters()
                + ", an initial value such as "
                + InitialValues.parameter(sde.states().get(0))
                + (curves.isEmpty() ? "" : ", or a node of a curve such as " + aNode()));
      }
    }
    problems.addAll(CurveGradient.problems(differentiation(), sde, curves));
    if (!controls.isEmpty() && !sde.parameters().containsAll(differentiated)) {
      problems.add(
          "control variates with derivatives in "
              + differentiated.stream().filter(n -> !sde.parameters().contains(n)).toList()
              + ", in which their means have no derivatives: expected parameters alone");
    }
    if (!recurrences.isEmpty()
        && (gradientMethod == GradientMethod.TANGENT
            || !second.isEmpty()
            || sensitivity instanceof SensitivityMethod.LikelihoodRatio)) {
      problems.add(
          "recurrences before the path have first derivatives by the adjoint alone, expected no"
              + " tangents, second derivatives or likelihood ratios");
    }
    problems.addAll(SweepStrategy.problems(sde, scheme, claims, gradient, gradientMethod));
    if (gradientMemory < 1) {
      problems.add("gradient memory = " + gradientMemory + ", expected bytes above 0");
    }
    if (!(step > 0) || Double.isInfinite(step)) {
      problems.add("step = " + step + ", expected years above 0");
    }
    if ((theta || !differentiated.isEmpty()) && scheme.free() != scheme) {
      problems.add(
          "gradient in "
              + gradient
              + ": when a path reaches a boundary is drawn, which has no pathwise derivative");
    }
    if (scheme instanceof Bounded bounded) {
      problems.addAll(bounded.problems(sde));
    }
    scheme.misfit(sde).ifPresent(problems::add);
    if (parameters.keySet().containsAll(sde.parameters())) {
      scheme.misfit(sde, parameters).ifPresent(problems::add);
    }
    if (control.isPresent()) {
      problems.addAll(TreeTracer.problems(sde, scheme, control.get(), differentiated));
      if (theta) {
        problems.add("theta with steps of a path's own, expected those of the grid");
      }
      if (!(noise instanceof NoiseSource.Pseudo)) {
        problems.add(noise + " with steps of a path's own, expected pseudo-random numbers");
      }
    }
    problems.addAll(broughtProblems());
    if (claims.isEmpty()) {
      problems.add("nothing to deliver, expected claims or observations");
    }
    Set<String> ids = new HashSet<>();
    for (Claim claim : claims) {
      if (!ids.add(claim.id())) {
        problems.add("claim " + claim.id() + " stands twice, expected distinct ids");
      }
    }
    if (theta && !controls.isEmpty()) {
      problems.add("theta with control variates, whose means stay where they are in time");
    }
    problems.addAll(piloted(OptionalLong.empty()).problems(ids));
    return problems;
  }

  /**
   * Runs the simulation on the threads of this solver.
   *
   * @param paths how many are simulated, at least 1; with antithetic paths an even number, of which
   *     two make a sample
   * @throws IllegalArgumentException naming all that is missing or wrong
   * @throws NonFinitePathException if a path is not finite, unless they are dropped
   */
  public Solution solve(long paths) {
    int members = estimator.members();
    if (paths < 1 || shardSize < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "paths = "
              + paths
              + ", shard size = "
              + shardSize
              + ", threads = "
              + threads
              + ", expected at least 1 of each");
    }
    if (paths % members != 0) {
      throw new IllegalArgumentException(
          "paths = "
              + paths
              + " with antithetic paths, expected an even number: both members count");
    }
    long samples = paths / members;
    Prepared prepared = prepare(samples);
    SimulationPlan plan = prepared.plan();
    PathValues values = new PathValues(plan.fine(), samples);
    int size = plan.shardSize(samples, shardSize);
    Tally tally = new LocalRun(plan, samples, size, values, executor, device).run(threads);
    Map<String, Integer> outputs = new LinkedHashMap<>();
    for (Claim claim : claims) {
      outputs.put(claim.id(), outputs.size());
    }
    return new Solution(prepared, tally, outputs, values);
  }
}
