package io.pathwise.solve;

import io.pathwise.adjoint.Revolve;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.kernel.Backward;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.solve.Itinerary.Call;
import io.pathwise.solve.Itinerary.Place;
import io.pathwise.solve.Itinerary.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
  private final Optional<Backward> way;
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
  private final Deque<Place> free = new ArrayDeque<>();
  private Source[] sources = {};
  private int spare = NONE;
  private final boolean[] swept;
  private int spareSlot = NONE;
  private int slots;
  private int at;
  private int[] value;
  private int drawnGranule = NONE;
  private int drawn;
  private Place target;
  private int targetItem;
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
    this.way = program.swept() ? program.backward() : Optional.empty();
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

    void clear() {
      used = 0;
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
    for (int c = 0; c < schedule.noise().calls().size(); c++) {
      int call = c;
      calls.add(v -> v.prepare(call, prepared));
    }
    int items = dates.last() + 1;
    if (items == 0) {
      rest(run.leg().from());
    } else if (way.isPresent()) {
      undo(items);
    } else {
      checkpoint(items);
    }
  }

  /** From an item, whose states nothing reads again, to the end of the leg. */
  private void rest(int from) {
    for (int k = from; k <= run.leg().to(); k++) {
      item(k, true, Keep.NOTHING);
    }
    last = new Place(at, value.clone());
    if (!run.cut()) {
      int state = at;
      calls.add(v -> v.finish(state));
    }
  }

  /** Passes items from 0 on, and those of every leaf backward. */
  private void checkpoint(int items) {
    CheckpointPlan plan =
        CheckpointPlan.of(
            items, run.gradient().memory(), slots, placeSlots(), leaf -> leafSlots(items, leaf));
    for (int p = 0; p < plan.places(); p++) {
      int[] values = new int[components.length];
      int state = take(n);
      Arrays.setAll(values, f -> swept[f] ? take(components[f]) : NONE);
      free.push(new Place(state, values));
    }
    passBack(plan, items, 0, plan.leaves(items), true);
    end();
  }

  private int placeSlots() {
    return n + IntStream.range(0, swept.length).filter(f -> swept[f]).map(f -> components[f]).sum();
  }

  /** The most slots that a leaf of a length keeps. */
  private long leafSlots(int items, int leaf) {
    int granule = program.granule();
    long normals =
        keepsNormals ? (long) ((leaf + granule - 1) / granule + granule - 1) * drawnNormals() : 0;
    long kept = normals + (long) n * (leaf - 1);
    for (int f = 0; f < components.length; f++) {
      kept += swept[f] ? (long) components[f] * mostEvents(f, items, leaf) : 0;
    }
    return kept;
  }

  /** The most events of a functional in a leaf. */
  private int mostEvents(int f, int items, int leaf) {
    int[] events = schedule.functionals().get(f).events();
    int most = 0;
    int inLeaf = 0;
    for (int e = 0; e < events.length && events[e] < items; e++) {
      inLeaf = e > 0 && events[e] / leaf == events[e - 1] / leaf ? inLeaf + 1 : 1;
      most = Math.max(most, inLeaf);
    }
    return most;
  }

  /** Passes some leaves backward from the place at the start of the first, where the path is. */
  private void passBack(CheckpointPlan plan, int items, int from, int to, boolean firstTime) {
    if (to - from == 1) {
      leaf(from * plan.leaf(), Math.min(items, to * plan.leaf()), firstTime);
      return;
    }
    Place here = new Place(at, value.clone());
    int middle = from + (int) Revolve.split(to - from, free.size());
    Place place = free.pop();
    advance(from * plan.leaf(), middle * plan.leaf(), place, firstTime);
    passBack(plan, items, middle, to, firstTime);
    free.push(place);
    at = here.state();
    value = here.values().clone();
    calls.add(v -> v.restore(here.state()));
    passBack(plan, items, from, middle, false);
  }

  /** Goes from an item to another, and leaves the path in a place. */
  private void advance(int from, int to, Place place, boolean firstTime) {
    target = place;
    targetItem = to;
    for (int k = from; k < to; k++) {
      item(k, firstTime, Keep.NOTHING);
    }
    target = null;
  }

  /** Passes items forward, keeping what their sweeps read, and then backward. */
  private void leaf(int from, int to, boolean firstTime) {
    leafStates.clear();
    leafNormals.clear();
    for (Pool values : leafValues) {
      values.clear();
    }
    drawnGranule = drawn < passing() ? drawnGranule : NONE;
    for (int k = from; k < to; k++) {
      boolean ends = k == to - 1;
      item(k, firstTime, ends ? (firstTime ? Keep.VALUES : Keep.LAST) : Keep.ALL);
    }
    if (firstTime) {
      rest(to);
    }
    for (int k = to - 1; k >= from; k--) {
      stepsReverse(k, stateOf[k], normalsOf[k]);
      reverse(k);
    }
  }

  /** Goes all the way forward, and back by undoing the steps. */
  private void undo(int items) {
    for (int k = 0; k < items; k++) {
      item(k, true, Keep.VALUES);
    }
    rest(items);
    int spareStates = take(2 * n);
    int normals = take(drawnNormals());
    boolean continuous = way.get().continuous();
    int after = fixedState[items - 1];
    stateOf[items - 1] = after;
    reverse(items - 1);
    for (int k = items - 2; k >= 0; k--) {
      int read = program.prepared() ? prepared : draw(k, normals);
      int from = after;
      int before = fixedState[k];
      if (before < 0) {
        before = from == spareStates ? spareStates + n : spareStates;
        int to = before;
        int step = k;
        calls.add(v -> v.stepBack(step, read, from, to));
      }
      stateOf[k] = before;
      stepsReverse(k, continuous ? from : before, read);
      reverse(k);
      after = before;
    }
    end();
  }

  /** What an item keeps for the sweeps. */
  private enum Keep {
    /** Nothing. */
    NOTHING,
    /** The values of functionals, for the last item before the rest of the path. */
    VALUES,
    /** All, for the last item of a leaf that was passed before: its step is not taken. */
    LAST,
    /** The normals of its step, the state after it and the values of functionals. */
    ALL
  }

  /** Reads what is read at grid index k, and takes the step from there. */
  private void item(int k, boolean firstTime, Keep keep) {
    stateOf[k] = at;
    if (run.covers(k)) {
      read(k, firstTime, keep != Keep.NOTHING);
    }
    boolean keepNormals = keepsNormals && (keep == Keep.ALL || keep == Keep.LAST);
    if (keep == Keep.LAST) {
      normalsOf[k] = keepNormals ? normals(k, true) : prepared;
    } else if (k < run.leg().to()) {
      step(k, keepNormals, keep == Keep.ALL && needed(k + 1));
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
      if (!firstTime && !swept[f]) {
        continue;
      }
      int before = value[f];
      int after = fixedValue[f][event + 1];
      if (after < 0) {
        after =
            keep && swept[f]
                ? leafValues[f].next()
                : lastBeforeTarget(f, event)
                    ? target.values()[f]
                    : pair[f][before == pair[f][0] ? 1 : 0];
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

  /** Whether an event is the last of its functional before the place that the path goes to. */
  private boolean lastBeforeTarget(int f, int event) {
    int[] events = schedule.functionals().get(f).events();
    return target != null
        && swept[f]
        && (event + 1 == events.length || events[event + 1] >= targetItem);
  }

  /** Where the functionals that an output reads lie now. */
  private int[] valuesOf(int o) {
    return Arrays.stream(schedule.outputs().get(o).functionals()).map(f -> value[f]).toArray();
  }

  private void step(int k, boolean keepNormals, boolean keepNext) {
    int normals = normals(k, keepNormals);
    normalsOf[k] = normals;
    int from = at;
    int to = fixedState[k + 1];
    if (to < 0) {
      to =
          keepNext
              ? leafStates.next()
              : target != null && k + 1 == targetItem ? target.state() : from == 0 ? n : 0;
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
    if (granule == drawnGranule && (!keep || drawn >= passing())) {
      return drawn;
    }
    return draw(k, keep ? leafNormals.next() : 2 * n);
  }

  /** Draws the normals of step k, unless they are there. */
  private int draw(int k, int normals) {
    int granule = schedule.fineStep()[k] / program.granule();
    if (granule != drawnGranule || drawn != normals) {
      drawnGranule = granule;
      drawn = normals;
      calls.add(v -> v.draw(k, normals));
    }
    return normals;
  }

  /** The sweeps pass step k. */
  private void stepsReverse(int k, int state, int normals) {
    for (int s = 0; s < sources.length; s++) {
      if (dates.of(s) > k) {
        stepReverse(k, state, normals, s);
      }
    }
  }

  /** The sweeps pass what is read at grid index k, and those of its date begin. */
  private void reverse(int k) {
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

  private void stepReverse(int k, int state, int normals, int s) {
    Source source = sources[s];
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
