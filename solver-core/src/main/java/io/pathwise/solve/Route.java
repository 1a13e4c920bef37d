package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.solve.Itinerary.Call;
import io.pathwise.solve.Itinerary.Place;
import io.pathwise.solve.Itinerary.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lays out an {@link Itinerary}: the calls, and the slots that they read and write.
 *
 * <p>Item k of a path is what is read at grid index k and then step k. A leaf is a range of items
 * whose states and normals are kept while they are passed backward; a checkpoint is a place that a
 * path is taken up from again.
 */
final class Route {
  private static final int NONE = -1;

  private final PathRun run;
  private final PathProgram program;
  private final Schedule schedule;
  private final Dates dates;
  private final List<Call> calls = new ArrayList<>();
  private final int n;
  private final int[] components;
  private final int[][] functionalsAt;
  private final int[][] eventAt;
  private final int[][] outputsAt;
  private final boolean keepsStates;
  private final boolean keepsNormals;
  private final int prepared;
  private final InputLayout inputs;
  private final int[] fixedState;
  private final int[][] fixedValue;
  private final int[][] pair;
  private final Pool leafStates;
  private final Pool leafNormals;
  private final Pool[] leafValues;
  private final int[] stateOf;
  private final int[] normalsOf;
  private final int[][] beforeOf;
  private final Place first;
  private Source[] sources = {};
  private int spare = NONE;
  private final boolean[] swept;
  private int spareSlot = NONE;
  private int slots;
  private int at;
  private int[] value;
  private int drawnGranule = NONE;
  private int drawn;
  private Place last;

  Route(PathRun run, ProgramFragments fragments) {
    this.run = run;
    this.program = run.program();
    this.schedule = run.schedule();
    this.n = program.states();
    int steps = schedule.steps();
    int functionals = schedule.functionals().size();
    this.components = new int[functionals];
    this.functionalsAt = new int[steps + 1][0];
    this.eventAt = new int[steps + 1][0];
    this.outputsAt = new int[steps + 1][0];
    this.dates = new Dates(run);
    slots = passing();
    this.prepared = take(schedule.noise().arrays());
    this.inputs = new InputLayout(run, slots);
    slots += inputs.slots();
    this.fixedState = new int[steps + 1];
    Arrays.fill(fixedState, NONE);
    this.fixedValue = new int[functionals][];
    this.pair = new int[functionals][];
    this.leafStates = new Pool(n);
    this.leafNormals = new Pool(drawnNormals());
    this.leafValues = new Pool[functionals];
    for (int f = 0; f < functionals; f++) {
      Schedule.FunctionalInstance instance = schedule.functionals().get(f);
      components[f] = program.functionals().get(instance.template()).components();
      int[] events = instance.events();
      for (int e = 0; e < events.length; e++) {
        functionalsAt[events[e]] = append(functionalsAt[events[e]], f);
        eventAt[events[e]] = append(eventAt[events[e]], e);
      }
      fixedValue[f] = new int[events.length + 1];
      Arrays.fill(fixedValue[f], NONE);
      pair[f] = new int[] {take(components[f]), take(components[f])};
      leafValues[f] = new Pool(components[f]);
    }
    for (int o = 0; o < schedule.outputs().size(); o++) {
      int k = schedule.outputs().get(o).at();
      outputsAt[k] = append(outputsAt[k], o);
    }
    List<Expr> reverseInputs = program.swept() ? fragments.plan("stepReverse").inputs() : List.of();
    this.keepsStates = reverseInputs.stream().anyMatch(leaf -> leaf.leaf() == Leaf.STATE);
    this.keepsNormals =
        !program.prepared() && reverseInputs.stream().anyMatch(leaf -> leaf.leaf() == Leaf.NOISE);
    this.stateOf = new int[steps + 1];
    this.normalsOf = new int[steps + 1];
    this.beforeOf = new int[steps + 1][];
    this.swept = new boolean[functionals];
    this.value = new int[functionals];
    fix();
    at = fixedState[run.leg().from()] >= 0 ? fixedState[run.leg().from()] : 0;
    for (int f = 0; f < functionals; f++) {
      value[f] = fixedValue[f][0] >= 0 ? fixedValue[f][0] : pair[f][0];
    }
    this.first = new Place(at, value.clone());
    travel();
  }

  private static int[] append(int[] list, int value) {
    int[] longer = Arrays.copyOf(list, list.length + 1);
    longer[list.length] = value;
    return longer;
  }

  private int take(int count) {
    slots += count;
    return slots - count;
  }

  /** Vectors that the items of a leaf keep, reused from leaf to leaf. */
  private final class Pool {
    private final int size;
    private final List<Integer> all = new ArrayList<>();
    private int used;

    Pool(int size) {
      this.size = size;
    }

    int next() {
      if (used == all.size()) {
        all.add(take(size));
      }
      return all.get(used++);
    }
  }

  private int drawnNormals() {
    return program.prepared() ? 0 : program.granule() * program.channels();
  }

  /** A pair of states that alternates, then the normals of the moment. */
  int passing() {
    return 2 * n + drawnNormals();
  }

  int slots() {
    return slots;
  }

  long bytes() {
    return slots * Lanes.BYTES;
  }

  List<Call> calls() {
    return calls;
  }

  /** The slots of the rows that are carried over a cut by a path that stands there. */
  int[] carried(int cut, Place place) {
    IntStream values =
        IntStream.of(run.carried(cut))
            .flatMap(f -> IntStream.range(0, components[f]).map(j -> place.values()[f] + j));
    return IntStream.concat(IntStream.range(0, n).map(i -> place.state() + i), values).toArray();
  }

  InputLayout inputs() {
    return inputs;
  }

  Place first() {
    return first;
  }

  Place last() {
    return last;
  }

  /** Takes the slots that stay: where the derivatives of outputs are found, and the sources'. */
  private void fix() {
    if (dates.last() < 0) {
      return;
    }
    for (int f = 0; f < components.length; f++) {
      fixedValue[f][0] = take(components[f]);
    }
    fixedState[0] = take(n);
    for (Dates.Date date : dates.all()) {
      if (fixedState[date.at()] < 0) {
        fixedState[date.at()] = take(n);
      }
      for (int o : date.outputs()) {
        for (int f : schedule.outputs().get(o).functionals()) {
          int version = schedule.functionals().get(f).updates(date.at());
          if (fixedValue[f][version] < 0) {
            fixedValue[f][version] = take(components[f]);
          }
        }
      }
    }
    int parameters = program.gradient().size();
    int widest = Arrays.stream(components).max().orElse(0);
    List<Source> all = new ArrayList<>();
    for (Dates.Date date : dates.all()) {
      for (Dates.Read read : date.sources()) {
        boolean state = read.functional() < 0;
        all.add(
            new Source(
                read.state(),
                read.functional(),
                read.component(),
                take(n),
                state ? NONE : take(widest),
                take(parameters + inputs.adjoints())));
        if (!state) {
          swept[read.functional()] = true;
        }
      }
    }
    sources = all.toArray(Source[]::new);
    spare = take(n);
    spareSlot = take(widest);
  }

  private void travel() {
    Leg leg = run.leg();
    for (int c = 0; c < schedule.noise().calls().size(); c++) {
      int call = c;
      calls.add(v -> v.prepare(call, prepared));
    }
    int end = dates.last() + 1;
    for (int k = leg.from(); k < end; k++) {
      item(k, true, true);
    }
    for (int k = Math.max(end, leg.from()); k <= leg.to(); k++) {
      item(k, true, false);
    }
    last = new Place(at, value.clone());
    if (!run.cut()) {
      int state = at;
      calls.add(v -> v.finish(state));
    }
    if (end > 0) {
      for (int k = end - 1; k >= 0; k--) {
        reverse(k);
      }
      end();
    }
  }

  /** Reads what is read at grid index k, and takes the step from there. */
  private void item(int k, boolean firstTime, boolean keep) {
    stateOf[k] = at;
    if (run.covers(k)) {
      read(k, firstTime, keep);
    }
    if (k < run.leg().to()) {
      step(k, keep, keep && k + 1 <= dates.last() && needed(k + 1));
    }
  }

  /** Whether the sweeps read the state at grid index k. */
  private boolean needed(int k) {
    return (keepsStates && k < dates.last())
        || Arrays.stream(functionalsAt[k]).anyMatch(f -> swept[f]);
  }

  private void read(int k, boolean firstTime, boolean keep) {
    int state = at;
    beforeOf[k] = new int[functionalsAt[k].length];
    for (int j = 0; j < functionalsAt[k].length; j++) {
      int f = functionalsAt[k][j];
      int event = eventAt[k][j];
      int before = value[f];
      int after = fixedValue[f][event + 1];
      if (after < 0) {
        after = keep && swept[f] ? leafValues[f].next() : pair[f][before == pair[f][0] ? 1 : 0];
      }
      int to = after;
      beforeOf[k][j] = before;
      calls.add(v -> v.update(f, event, state, before, to));
      value[f] = after;
    }
    for (int j = 0; firstTime && j < outputsAt[k].length; j++) {
      int o = outputsAt[k][j];
      int[] functionals = valuesOf(o);
      calls.add(v -> v.output(o, state, functionals));
      if (dates.carriesTangents(o)) {
        int[] none = {};
        calls.add(v -> v.gradient(o, state, functionals, none));
      }
    }
  }

  /** Where the functionals that an output reads lie now. */
  private int[] valuesOf(int o) {
    return Arrays.stream(schedule.outputs().get(o).functionals()).map(f -> value[f]).toArray();
  }

  private void step(int k, boolean keepNormals, boolean keepNext) {
    int normals = normals(k, keepNormals && keepsNormals && k < dates.last());
    normalsOf[k] = normals;
    int from = at;
    int to = fixedState[k + 1];
    if (to < 0) {
      to = keepNext ? leafStates.next() : from == 0 ? n : 0;
    }
    int next = to;
    calls.add(v -> v.step(k, normals, from, next));
    at = next;
  }

  /** Where the normals of step k lie, drawn if they are not there. */
  private int normals(int k, boolean keep) {
    if (program.prepared()) {
      return prepared;
    }
    int granule = schedule.fineStep()[k] / program.granule();
    if (granule != drawnGranule || (keep && drawn < passing())) {
      drawn = keep ? leafNormals.next() : 2 * n;
      drawnGranule = granule;
      int normals = drawn;
      calls.add(v -> v.draw(k, normals));
    }
    return drawn;
  }

  /** Passes item k backward. */
  private void reverse(int k) {
    for (int s = 0; s < sources.length; s++) {
      if (dates.of(s) > k) {
        stepReverse(k, s);
      }
    }
    for (int s = 0; s < sources.length; s++) {
      if (dates.of(s) == k) {
        Source source = sources[s];
        calls.add(v -> v.begin(source));
      }
    }
    for (int j = 0; j < functionalsAt[k].length; j++) {
      for (int s = 0; s < sources.length; s++) {
        if (dates.of(s) >= k && sources[s].functional() == functionalsAt[k][j]) {
          updateReverse(k, j, s);
        }
      }
    }
  }

  private void stepReverse(int k, int s) {
    Source source = sources[s];
    int state = stateOf[k];
    int normals = normalsOf[k];
    int next = spare;
    calls.add(v -> v.stepReverse(k, state, normals, source, next));
    spare = source.adjoint();
    sources[s] = source.with(next, source.slotAdjoint());
  }

  private void updateReverse(int k, int j, int s) {
    Source source = sources[s];
    int f = functionalsAt[k][j];
    int event = eventAt[k][j];
    int before = beforeOf[k][j];
    int state = stateOf[k];
    int next = spare;
    int nextSlot = spareSlot;
    calls.add(v -> v.updateReverse(f, event, state, before, source, next, nextSlot));
    spare = source.adjoint();
    spareSlot = source.slotAdjoint();
    sources[s] = source.with(next, nextSlot);
  }

  /** Ends the sweeps, and finds the derivatives of outputs. */
  private void end() {
    for (Source source : sources) {
      calls.add(v -> v.initialReverse(source));
      for (int r = 0; r < program.recurrences().size(); r++) {
        for (int e = 0; e < inputs.entries(r); e++) {
          int recurrence = r;
          int entry = e;
          calls.add(v -> v.recurrenceReverse(recurrence, entry, source));
        }
      }
    }
    int before = 0;
    for (Dates.Date date : dates.all()) {
      for (int j = 0; j < date.outputs().length; j++) {
        int o = date.outputs()[j];
        int from = before;
        int[] bars = Arrays.stream(date.sourceOf()[j]).map(s -> sources[from + s].bars()).toArray();
        int[] functionals =
            Arrays.stream(schedule.outputs().get(o).functionals())
                .map(f -> fixedValue[f][schedule.functionals().get(f).updates(date.at())])
                .toArray();
        int state = fixedState[date.at()];
        calls.add(v -> v.gradient(o, state, functionals, bars));
      }
      before += date.sources().size();
    }
  }
}
