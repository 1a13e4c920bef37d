package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The order in which the fragments of a program run on a path, the same on every backend: what
 * prepares the noise of the path, in every leg anew; forward through the grid; then, for gradients,
 * for every date one reverse sweep for each state or functional that an output of the date reads,
 * and every output's derivative from those, whatever the number of outputs.
 */
public final class Itinerary {
  private static final int[] NONE = {};

  /** What happens forward in time. */
  public interface Forward {
    /** Functional {@code f} takes in its event number {@code event}, at grid index k. */
    void update(int f, int event, int k);

    /** Output {@code o} is read at grid index k. */
    void output(int o, int k);

    /** Call number {@code call} prepares noise of the path. */
    void prepare(int call);

    /** The normals of a granule are drawn before step k. */
    void draw(int granule, int k);

    /** Step k leads from grid index k to k + 1. */
    void step(int k);

    /** The last state is checked; not where the leg ends before the grid. */
    void finish();
  }

  /** What happens backward in time. */
  public interface Backward {
    /**
     * A sweep starts: the derivatives in all parameters of a source are collected from 0.
     *
     * @param source the number of the source among those of its date
     * @param state the state that is differentiated, -1 for none
     */
    void begin(int source, int state);

    /** The sweep passes event number {@code event} of functional f, at grid index k. */
    void updateReverse(int f, int event, int k);

    /** The sweep passes step k. */
    void stepReverse(int k);

    /** The sweep of a source ends at the initial state. */
    void initialReverse(int source);

    /** The derivatives of output {@code o}, read at grid index k, come from its sources. */
    void gradient(int o, int k, int[] sources);
  }

  /** A state (functional = -1) or a functional instance (state = -1). */
  private record Source(int state, int functional) {}

  private record Date(int at, List<Source> sources, int[] outputs, int[][] sourceOf) {}

  private final PathProgram program;
  private final Schedule schedule;
  private final PathRun run;
  private final int[][] outputsAt;
  private final int[][] functionalsAt;
  private final int[][] eventAt;
  private final List<Date> dates = new ArrayList<>();

  /** The order for the grid and the instances of a run. */
  public Itinerary(PathRun run) {
    this.program = run.program();
    this.schedule = run.schedule();
    this.run = run;
    int steps = schedule.steps();
    this.outputsAt = new int[steps + 1][];
    this.functionalsAt = new int[steps + 1][];
    this.eventAt = new int[steps + 1][];
    Arrays.fill(outputsAt, NONE);
    Arrays.fill(functionalsAt, NONE);
    Arrays.fill(eventAt, NONE);
    for (int f = 0; f < schedule.functionals().size(); f++) {
      int[] events = schedule.functionals().get(f).events();
      for (int e = 0; e < events.length; e++) {
        functionalsAt[events[e]] = append(functionalsAt[events[e]], f);
        eventAt[events[e]] = append(eventAt[events[e]], e);
      }
    }
    TreeMap<Integer, List<Integer>> differentiated = new TreeMap<>();
    for (int o = 0; o < schedule.outputs().size(); o++) {
      Schedule.OutputInstance instance = schedule.outputs().get(o);
      outputsAt[instance.at()] = append(outputsAt[instance.at()], o);
      if (run.derivatives(instance) > 0) {
        differentiated.computeIfAbsent(instance.at(), k -> new ArrayList<>()).add(o);
      }
    }
    differentiated.forEach((at, outputs) -> dates.add(date(at, outputs)));
  }

  private static int[] append(int[] list, int value) {
    int[] longer = Arrays.copyOf(list, list.length + 1);
    longer[list.length] = value;
    return longer;
  }

  private Date date(int at, List<Integer> outputs) {
    List<Source> sources = new ArrayList<>();
    int[][] sourceOf = new int[outputs.size()][];
    for (int j = 0; j < sourceOf.length; j++) {
      Schedule.OutputInstance instance = schedule.outputs().get(outputs.get(j));
      List<Expr> leaves = ProgramFragments.sources(program, instance.template());
      sourceOf[j] = new int[leaves.size()];
      for (int s = 0; s < leaves.size(); s++) {
        Source source = source(leaves.get(s), instance);
        if (!sources.contains(source)) {
          sources.add(source);
        }
        sourceOf[j][s] = sources.indexOf(source);
      }
    }
    return new Date(at, sources, outputs.stream().mapToInt(Integer::intValue).toArray(), sourceOf);
  }

  private Source source(Expr leaf, Schedule.OutputInstance instance) {
    for (int k = 0; k < instance.functionals().length; k++) {
      if (leaf.equals(Output.slot(k))) {
        return new Source(-1, instance.functionals()[k]);
      }
    }
    for (int i = 0; i < program.states(); i++) {
      if (leaf.equals(PathProgram.state(i))) {
        return new Source(i, -1);
      }
    }
    throw new IllegalStateException("no source for " + leaf.name());
  }

  /** The most sources that a date has. */
  public int sources() {
    return dates.stream().mapToInt(date -> date.sources().size()).max().orElse(0);
  }

  /** Whether there is anything to do backward. */
  public boolean differentiates() {
    return !dates.isEmpty();
  }

  /** Goes forward once over the leg. */
  public void forward(Forward visitor) {
    Leg leg = run.leg();
    boolean prepared = schedule.noise().present();
    for (int call = 0; call < schedule.noise().calls().size(); call++) {
      visitor.prepare(call);
    }
    int drawn = -1;
    for (int k = leg.from(); k <= leg.to(); k++) {
      if (run.covers(k)) {
        read(visitor, k);
      }
      if (k < leg.to()) {
        int granule = schedule.fineStep()[k] / program.granule();
        if (!prepared && granule != drawn) {
          visitor.draw(granule, k);
          drawn = granule;
        }
        visitor.step(k);
      }
    }
    if (!run.cut()) {
      visitor.finish();
    }
  }

  private void read(Forward visitor, int k) {
    for (int j = 0; j < functionalsAt[k].length; j++) {
      visitor.update(functionalsAt[k][j], eventAt[k][j], k);
    }
    for (int o : outputsAt[k]) {
      visitor.output(o, k);
    }
  }

  /** Goes backward, once for every source of every date. */
  public void backward(Backward visitor) {
    for (int d = 0; d < dates.size(); d++) {
      Date date = dates.get(d);
      for (int s = 0; s < date.sources().size(); s++) {
        visitor.begin(s, date.sources().get(s).state());
        sweep(date.at(), date.sources().get(s).functional(), visitor);
        visitor.initialReverse(s);
      }
      for (int j = 0; j < date.outputs().length; j++) {
        visitor.gradient(date.outputs()[j], date.at(), date.sourceOf()[j]);
      }
    }
  }

  private void sweep(int at, int functional, Backward visitor) {
    int[] events = functional < 0 ? NONE : schedule.functionals().get(functional).events();
    int event = functional < 0 ? -1 : schedule.functionals().get(functional).updates(at) - 1;
    for (int k = at; k >= 0; k--) {
      if (event >= 0 && events[event] == k) {
        visitor.updateReverse(functional, event, k);
        event--;
      }
      if (k > 0) {
        visitor.stepReverse(k - 1);
      }
    }
  }
}
