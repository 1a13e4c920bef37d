package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Op;
import io.pathwise.expr.Reverse;
import io.pathwise.noise.Normals;
import io.pathwise.noise.Threefry;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fragments of a program: noise, step, functional updates, outputs, and the reverse sweep that
 * {@link Reverse} derives from them.
 */
public final class ProgramFragments {
  /** The number of the path. */
  public static final Expr PATH = Expr.leaf(Leaf.PATH, "path");

  /** The first key word: the seed of the run. */
  public static final Expr SEED = Expr.leaf(Leaf.WORD, "seed");

  /** The second key word: the stream. */
  public static final Expr STREAM = Expr.leaf(Leaf.WORD, "stream");

  /** The number of the first random block of the granule. */
  public static final Expr BLOCK = Expr.leaf(Leaf.WORD, "block");

  /** The value a kept sum is taken about. */
  public static final Expr SHIFT = Expr.leaf(Leaf.STEP, "shift");

  /** NaN for a path with a value that is not finite, else 0. */
  public static final Expr STATUS = lane("status");

  /** The sum of an output. */
  public static final Expr SUM = lane("sum");

  /** The sum of squares of an output. */
  public static final Expr SQUARES = lane("squares");

  /** The number 0, which a simplification must not see: 0 times a non-finite value is NaN. */
  public static final Expr NOTHING = Expr.leaf(Leaf.STEP, "zero");

  /** The value of an output. */
  public static final Expr VALUE = lane("value");

  private final PathProgram program;
  private final List<FragmentPlan> plans = new ArrayList<>();
  private final Map<String, Integer> index = new LinkedHashMap<>();

  /** Derives and plans all fragments of a program. */
  public ProgramFragments(PathProgram program) {
    this.program = program;
    if (program.prepared()) {
      program.preparations().forEach(preparation -> add(preparation(preparation)));
    } else {
      add(noise());
    }
    for (int r = 0; r < program.recurrences().size(); r++) {
      add(recurrence(r));
    }
    if (program.startsApart()) {
      add(initial());
    }
    add(step());
    add(finish());
    for (int f = 0; f < program.functionals().size(); f++) {
      add(update(f));
    }
    for (int o = 0; o < program.outputs().size(); o++) {
      add(output(o));
    }
    program
        .tree()
        .ifPresent(tree -> new TreeFragments(tree, program.precision()).all().forEach(this::add));
    if (program.swept()) {
      program.backward().ifPresent(way -> add(stepBack(way)));
      add(stepReverse());
      add(initialReverse());
      for (int r = 0; r < program.recurrences().size(); r++) {
        add(recurrenceReverse(r));
      }
      for (int f = 0; f < program.functionals().size(); f++) {
        add(updateReverse(f));
      }
    }
    for (int o = 0; o < program.outputs().size() && !program.gradient().isEmpty(); o++) {
      if (program.outputs().get(o).differentiated()) {
        add(outputGradient(o));
      }
    }
  }

  /** The plans in the order of their numbers. */
  public List<FragmentPlan> plans() {
    return List.copyOf(plans);
  }

  /** The number of a fragment by name. */
  public int number(String name) {
    return index.get(name);
  }

  /** The plan of a fragment by name. */
  public FragmentPlan plan(String name) {
    return plans.get(index.get(name));
  }

  /** The Java source of all fragments. */
  public String javaSource() {
    return JavaEmitter.emit(plans);
  }

  private void add(Fragment fragment) {
    index.put(fragment.name(), plans.size());
    plans.add(FragmentPlan.of(fragment));
  }

  private static Expr lane(String name) {
    return Expr.leaf(Leaf.LANE, name);
  }

  /** Where component j of a functional after an event is written. */
  public static Expr nextFunctional(int j) {
    return lane(component("a'", j));
  }

  private static String component(String name, int j) {
    return j == 0 ? name : name + "[" + j + "]";
  }

  /** Where the normal of a channel and of a grid step of the granule is written. */
  public static Expr drawn(int stepOfGranule, int channel) {
    return lane("z" + stepOfGranule + "'[" + channel + "]");
  }

  /** Where state i after the step is written. */
  public static Expr next(int i) {
    return lane("y'[" + i + "]");
  }

  /** The adjoint of state i at the end of a step. */
  public static Expr adjoint(int i) {
    return Expr.leaf(Leaf.ADJOINT, "l[" + i + "]");
  }

  /** Where the adjoint of state i at the start of a step is written. */
  public static Expr nextAdjoint(int i) {
    return lane("l'[" + i + "]");
  }

  /** The adjoint of component j of a functional. */
  public static Expr slotAdjoint(int j) {
    return Expr.leaf(Leaf.ADJOINT, component("m", j));
  }

  /** Where the adjoint of component j of a functional before an event is written. */
  public static Expr nextSlotAdjoint(int j) {
    return lane(component("m'", j));
  }

  /** The adjoint of parameter p, summed along the sweep. */
  public static Expr bar(int p) {
    return lane("bar[" + p + "]");
  }

  /** The derivative of source s of an output (a state, then a functional) in parameter p. */
  public static Expr sensitivity(int s, int p) {
    return lane("g" + s + "[" + p + "]");
  }

  /** The sum of the derivative of an output in parameter p. */
  public static Expr gradientSum(int p) {
    return lane("gradient[" + p + "]");
  }

  /** The sum of squares of the derivative of an output in parameter p. */
  public static Expr gradientSquares(int p) {
    return lane("gradientSquares[" + p + "]");
  }

  /**
   * The leaves an output reads whose derivatives need a sweep: states, then components of
   * functionals; none where it has tangents.
   */
  public static List<Expr> sources(PathProgram program, int o) {
    Output output = program.outputs().get(o);
    if (!output.tangents().isEmpty()) {
      return List.of();
    }
    List<Expr> candidates = states(program);
    for (int k = 0; k < output.slots(); k++) {
      for (int j = 0; j < program.components(); j++) {
        candidates.add(Output.slot(k, j));
      }
    }
    List<Expr> leaves = Graph.leaves(List.of(output.value()));
    return candidates.stream().filter(leaves::contains).toList();
  }

  /** The name of the fragment of preparation template t. */
  public static String preparation(PathProgram program, int t) {
    return "prepare" + program.preparations().get(t).name();
  }

  private Fragment preparation(Preparation preparation) {
    List<Expr> targets = new ArrayList<>();
    for (int i = 0; i < preparation.values().size(); i++) {
      targets.add(Preparation.output(i));
    }
    return new Fragment("prepare" + preparation.name(), targets, preparation.values());
  }

  private Fragment noise() {
    List<Expr> targets = new ArrayList<>();
    List<Expr> normals = new ArrayList<>();
    int count = program.granule() * program.channels();
    for (int b = 0; 2 * b < count; b++) {
      Expr block = Expr.apply(Op.LADD, BLOCK, Expr.word(b));
      Threefry.Words words = Threefry.block(SEED, STREAM, PATH, block);
      Normals.Pair pair = program.precision().normals().pair(words.first(), words.second());
      normals.add(pair.cosine());
      normals.add(pair.sine());
    }
    for (int j = 0; j < count; j++) {
      targets.add(drawn(j / program.channels(), j % program.channels()));
    }
    return new Fragment("noise", targets, normals.subList(0, count));
  }

  /** The number of a fragment's recurrence. */
  public static String recurrence(String name, int r) {
    return name + r;
  }

  /** Where element j of the value of a recurrence is written. */
  public static Expr made(int j) {
    return lane("r'[" + j + "]");
  }

  /** The adjoint of element j of the value of a recurrence, at the date that is passed backward. */
  public static Expr madeAdjoint(int j) {
    return Expr.leaf(Leaf.ADJOINT, "r[" + j + "]");
  }

  /** The sum of the adjoint of element j of the value of a recurrence at the date after. */
  public static Expr laterAdjoint(int j) {
    return lane("later'[" + j + "]");
  }

  /**
   * The sum of the adjoint of element i among those of all recurrences, at the date that is read.
   */
  public static Expr inputAdjoint(int i) {
    return lane("input'[" + i + "]");
  }

  private Fragment recurrence(int r) {
    Recurrence recurrence = program.recurrences().get(r);
    List<Expr> targets = new ArrayList<>();
    for (int j = 0; j < recurrence.size(); j++) {
      targets.add(made(j));
    }
    return new Fragment(recurrence("recurrence", r), targets, program.roundedRecurrence(r));
  }

  private Fragment recurrenceReverse(int r) {
    Recurrence recurrence = program.recurrences().get(r);
    List<Expr> inputs = new ArrayList<>(recurrence.laterElements());
    inputs.addAll(wanted());
    List<Expr> seeds = new ArrayList<>();
    for (int j = 0; j < recurrence.size(); j++) {
      seeds.add(madeAdjoint(j));
    }
    List<Expr> pulled =
        program.precision().round(Reverse.gradient(recurrence.scalars(), seeds, inputs));
    List<Expr> targets = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    for (int j = 0; j < recurrence.size(); j++) {
      targets.add(laterAdjoint(j));
      values.add(laterAdjoint(j).plus(pulled.get(j)));
    }
    addBars(pulled.subList(recurrence.size(), pulled.size()), targets, values);
    return new Fragment(recurrence("recurrenceReverse", r), targets, values);
  }

  private Fragment initial() {
    List<Expr> targets = new ArrayList<>();
    for (int i = 0; i < program.states(); i++) {
      targets.add(next(i));
    }
    return new Fragment("initial", targets, program.roundedInitial());
  }

  /** Adds adjoints of the values of recurrences to their sums. */
  private static void addInputs(List<Expr> adjoints, List<Expr> targets, List<Expr> values) {
    for (int i = 0; i < adjoints.size(); i++) {
      if (!adjoints.get(i).isConst(0)) {
        targets.add(inputAdjoint(i));
        values.add(inputAdjoint(i).plus(adjoints.get(i)));
      }
    }
  }

  private Fragment step() {
    List<Expr> targets = new ArrayList<>();
    for (int i = 0; i < program.states(); i++) {
      targets.add(next(i));
    }
    return new Fragment("step", targets, program.roundedStep());
  }

  /** Marks the paths whose last state is not finite. */
  private Fragment finish() {
    Expr mark = Expr.ZERO;
    for (Expr state : states(program)) {
      mark = mark.plus(state.times(NOTHING));
    }
    return new Fragment("finish", List.of(STATUS), List.of(STATUS.plus(mark)));
  }

  private Fragment update(int f) {
    List<Expr> update = program.functionals().get(f).update();
    List<Expr> targets = new ArrayList<>();
    for (int j = 0; j < update.size(); j++) {
      targets.add(nextFunctional(j));
    }
    return new Fragment("update" + f, targets, update);
  }

  private Fragment output(int o) {
    Expr value = program.outputs().get(o).value();
    Expr centred = value.minus(SHIFT);
    return new Fragment(
        "output" + o,
        List.of(VALUE, SUM, SQUARES, STATUS),
        List.of(
            value, SUM.plus(centred), centred.fma(centred, SQUARES), value.fma(NOTHING, STATUS)));
  }

  private List<Expr> wanted() {
    List<Expr> wanted = new ArrayList<>();
    program.gradient().forEach(name -> wanted.add(Expr.param(name)));
    return wanted;
  }

  private static List<Expr> states(PathProgram program) {
    List<Expr> states = new ArrayList<>();
    for (int i = 0; i < program.states(); i++) {
      states.add(PathProgram.state(i));
    }
    return states;
  }

  private List<Expr> adjoints() {
    List<Expr> adjoints = new ArrayList<>();
    for (int i = 0; i < program.states(); i++) {
      adjoints.add(adjoint(i));
    }
    return adjoints;
  }

  private Fragment stepBack(Backward way) {
    List<Expr> targets = new ArrayList<>();
    for (int i = 0; i < program.states(); i++) {
      targets.add(next(i));
    }
    return new Fragment("stepBack", targets, program.precision().round(way.state()));
  }

  /** The adjoints before a step, and what it adds to the derivatives in the parameters. */
  private List<Expr> pulledThroughStep() {
    Optional<Backward> continuous = program.backward().filter(Backward::continuous);
    if (continuous.isPresent()) {
      List<Expr> pulled = new ArrayList<>(continuous.get().adjoint());
      pulled.addAll(continuous.get().bars());
      return pulled;
    }
    List<Expr> inputs = new ArrayList<>(states(program));
    inputs.addAll(wanted());
    program.curves().forEach(curve -> inputs.add(curve.rate()));
    inputs.addAll(program.recurrenceLeaves());
    return Reverse.gradient(program.step(), adjoints(), inputs);
  }

  private Fragment stepReverse() {
    List<Expr> pulled = program.precision().round(pulledThroughStep());
    List<Expr> targets = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    for (int i = 0; i < program.states(); i++) {
      targets.add(nextAdjoint(i));
      values.add(pulled.get(i));
    }
    int curves = program.states() + program.gradient().size();
    addBars(pulled.subList(program.states(), curves), targets, values);
    int made = curves + program.curves().size();
    addNodes(pulled.subList(curves, made), targets, values);
    addInputs(pulled.subList(made, pulled.size()), targets, values);
    return new Fragment("stepReverse", targets, values);
  }

  private Fragment initialReverse() {
    List<Expr> targets = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    List<Expr> inputs = wanted();
    int parameters = inputs.size();
    inputs.addAll(program.recurrenceLeaves());
    List<Expr> pulled = Reverse.gradient(program.initial(), adjoints(), inputs);
    addBars(pulled.subList(0, parameters), targets, values);
    addInputs(pulled.subList(parameters, pulled.size()), targets, values);
    return new Fragment("initialReverse", targets, values);
  }

  private Fragment updateReverse(int f) {
    Functional functional = program.functionals().get(f);
    List<Expr> inputs = new ArrayList<>(states(program));
    List<Expr> seeds = new ArrayList<>();
    for (int j = 0; j < functional.components(); j++) {
      inputs.add(Functional.value(j));
      seeds.add(slotAdjoint(j));
    }
    inputs.addAll(wanted());
    inputs.addAll(program.recurrenceLeaves());
    List<Expr> pulled = Reverse.gradient(functional.update(), seeds, inputs);
    List<Expr> targets = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    int n = program.states();
    for (int i = 0; i < n; i++) {
      targets.add(nextAdjoint(i));
      values.add(adjoint(i).plus(pulled.get(i)));
    }
    int components = functional.components();
    for (int j = 0; j < components; j++) {
      targets.add(nextSlotAdjoint(j));
      values.add(pulled.get(n + j));
    }
    int made = n + components + program.gradient().size();
    addBars(pulled.subList(n + components, made), targets, values);
    addInputs(pulled.subList(made, pulled.size()), targets, values);
    return new Fragment("updateReverse" + f, targets, values);
  }

  /** Adds the adjoint of the mean rate of a step to the nodes that it touches. */
  private void addNodes(List<Expr> adjoints, List<Expr> targets, List<Expr> values) {
    for (int c = 0; c < adjoints.size(); c++) {
      CurveNodes curve = program.curves().get(c);
      for (int w = 0; w < curve.width() && !adjoints.get(c).isConst(0); w++) {
        targets.add(curve.touched(w));
        values.add(adjoints.get(c).fma(curve.weight(w), curve.touched(w)));
      }
    }
  }

  private void addBars(List<Expr> contributions, List<Expr> targets, List<Expr> values) {
    Map<Expr, Integer> uses = Graph.uses(contributions);
    for (int p = 0; p < contributions.size(); p++) {
      if (!contributions.get(p).isConst(0)) {
        List<Expr> terms = new ArrayList<>();
        boolean products = products(contributions.get(p), uses, terms);
        Expr sum = bar(p);
        for (Expr term : products ? terms : List.of(contributions.get(p))) {
          sum = sum.plus(term);
        }
        targets.add(bar(p));
        values.add(sum);
      }
    }
  }

  /**
   * Collects the terms of a sum of products, as of an outer product for every stage of a step: they
   * are added to an accumulator one by one. False for anything else.
   */
  private static boolean products(Expr sum, Map<Expr, Integer> uses, List<Expr> terms) {
    if (sum.op() == Op.ADD && uses.get(sum) == 1) {
      return products(sum.arg(0), uses, terms) && products(sum.arg(1), uses, terms);
    }
    terms.add(sum);
    return sum.op() == Op.MUL && sum.arg(0).varying() && sum.arg(1).varying();
  }

  /** The derivatives of an output out of those of its sources, which a sweep found. */
  private List<Expr> derivatives(int o) {
    List<Expr> sources = sources(program, o);
    List<Expr> inputs = new ArrayList<>(sources);
    inputs.addAll(wanted());
    program.curves().forEach(curve -> inputs.add(CurveNodes.discount(curve.curve())));
    List<Expr> partials = Reverse.gradient(program.outputs().get(o).value(), inputs);
    int factors = sources.size() + program.gradient().size();
    List<Expr> derivatives = new ArrayList<>();
    for (int p = 0; p < program.gradient().size(); p++) {
      Expr derivative = partials.get(sources.size() + p);
      for (int s = 0; s < sources.size(); s++) {
        derivative = derivative.plus(partials.get(s).times(sensitivity(s, p)));
      }
      for (int c = 0; c < program.curves().size(); c++) {
        CurveNodes curve = program.curves().get(c);
        if (curve.contains(p)) {
          Expr weight = curve.discountWeight(p - curve.first());
          derivative = derivative.plus(partials.get(factors + c).times(weight));
        }
      }
      derivatives.add(derivative);
    }
    return derivatives;
  }

  private Fragment outputGradient(int o) {
    Output output = program.outputs().get(o);
    List<Expr> derivatives = output.swept() ? derivatives(o) : output.tangents();
    List<Expr> targets = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    for (int p = 0; p < derivatives.size(); p++) {
      Expr derivative = derivatives.get(p);
      targets.add(gradientSum(p));
      values.add(gradientSum(p).plus(derivative));
      targets.add(gradientSquares(p));
      values.add(derivative.fma(derivative, gradientSquares(p)));
    }
    return new Fragment("outputGradient" + o, targets, values);
  }
}
