package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The gradients of a block: for every date, one reverse sweep for each state or functional that an
 * output of the date reads, then every output's derivative from those, whatever the number of
 * outputs.
 */
final class ReverseSweeps {
  /** A state (functional = -1) or a functional instance (state = -1). */
  private record Source(int state, int functional) {}

  private static final int[] NONE = {};

  private record Date(int at, List<Source> sources, int[] outputs, int[][] sourceOf) {}

  private final PathProgram program;
  private final Schedule schedule;
  private final BlockMemory memory;
  private final Reverse step;
  private final Reverse initial;
  private final Reverse[] updates;
  private final FragmentCall.Port[] updateSlots;
  private final FragmentCall[] gradients;
  private final FragmentCall.Port[] gradientStates;
  private final FragmentCall.Port[] gradientSlots;
  private final FragmentCall.Port[] gradientSources;
  private final List<Date> dates = new ArrayList<>();
  private final double[][][] bars;
  private final double[][] adjoints;
  private final double[][] nextAdjoints;
  private final double[][] slotAdjoints = Lanes.blocks(2);

  ReverseSweeps(PathRun run, Calls calls, BlockMemory memory, double[][] sums) {
    this.program = run.program();
    this.schedule = run.schedule();
    this.memory = memory;
    this.step = new Reverse(calls.step("stepReverse"), calls, program);
    this.initial = new Reverse(calls.once("initialReverse"), calls, program);
    int functionals = schedule.functionals().size();
    this.updates = new Reverse[functionals];
    this.updateSlots = new FragmentCall.Port[functionals];
    for (int f = 0; f < functionals; f++) {
      updates[f] = new Reverse(calls.update("updateReverse", f), calls, program);
      updateSlots[f] =
          updates[f].call.port(
              List.of(
                  Functional.VALUE,
                  ProgramFragments.SLOT_ADJOINT,
                  ProgramFragments.NEXT_SLOT_ADJOINT));
    }
    int claims = schedule.outputs().size();
    this.gradients = new FragmentCall[claims];
    this.gradientStates = new FragmentCall.Port[claims];
    this.gradientSlots = new FragmentCall.Port[claims];
    this.gradientSources = new FragmentCall.Port[claims];
    TreeMap<Integer, List<Integer>> byDate = new TreeMap<>();
    for (int o = 0; o < claims; o++) {
      Schedule.OutputInstance instance = schedule.outputs().get(o);
      if (program.outputs().get(instance.template()).differentiated()) {
        gradient(o, calls, sums);
        byDate.computeIfAbsent(instance.at(), k -> new ArrayList<>()).add(o);
      }
    }
    byDate.forEach((at, outputs) -> dates.add(date(at, outputs)));
    int most = dates.stream().mapToInt(d -> d.sources().size()).max().orElse(0);
    this.bars = new double[most][][];
    Arrays.setAll(bars, source -> Lanes.blocks(program.gradient().size()));
    this.adjoints = Lanes.blocks(program.states());
    this.nextAdjoints = Lanes.blocks(program.states());
  }

  /** Prepares the derivative of an output: what it adds to never changes. */
  private void gradient(int o, Calls calls, double[][] sums) {
    int parameters = program.gradient().size();
    int sources = ProgramFragments.sources(program, schedule.outputs().get(o).template()).size();
    FragmentCall call = calls.output("outputGradient", o);
    gradients[o] = call;
    gradientStates[o] = call.port(calls.states());
    gradientSlots[o] = call.port(calls.slots(o));
    gradientSources[o] =
        call.port(
            IntStream.range(0, sources * parameters)
                .mapToObj(j -> ProgramFragments.sensitivity(j / parameters, j % parameters))
                .toList());
    int offset = memory.offset(o) + 2;
    for (int p = 0; p < parameters; p++) {
      call.port(ProgramFragments.gradientSum(p)).bind(0, sums[offset + 2 * p]);
      call.port(ProgramFragments.gradientSquares(p)).bind(0, sums[offset + 2 * p + 1]);
    }
  }

  /** A fragment of the reverse sweep with the places of what changes from call to call. */
  private static final class Reverse {
    private final FragmentCall call;
    private final FragmentCall.Port states;
    private final FragmentCall.Port normals;
    private final FragmentCall.Port adjoints;
    private final FragmentCall.Port nextAdjoints;
    private final FragmentCall.Port bars;

    Reverse(FragmentCall call, Calls calls, PathProgram program) {
      this.call = call;
      this.states = call.port(calls.states());
      this.normals = call.port(calls.normals());
      int n = program.states();
      this.adjoints = call.port(IntStream.range(0, n).mapToObj(ProgramFragments::adjoint).toList());
      this.nextAdjoints =
          call.port(IntStream.range(0, n).mapToObj(ProgramFragments::nextAdjoint).toList());
      this.bars =
          call.port(
              IntStream.range(0, program.gradient().size())
                  .mapToObj(ProgramFragments::bar)
                  .toList());
    }

    void bindAdjoints(double[][] l, double[][] next) {
      for (int i = 0; i < l.length; i++) {
        adjoints.bind(i, l[i]);
        nextAdjoints.bind(i, next[i]);
      }
    }

    void bindBars(double[][] bar) {
      for (int p = 0; p < bar.length; p++) {
        bars.bind(p, bar[p]);
      }
    }
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

  /** Adds the derivatives of a block's outputs to the sums. */
  void run(int n) {
    for (int d = 0; d < dates.size(); d++) {
      Date date = dates.get(d);
      for (int s = 0; s < date.sources().size(); s++) {
        sweep(date.at(), date.sources().get(s), bars[s], n);
      }
      for (int j = 0; j < date.outputs().length; j++) {
        combine(date, j, n);
      }
    }
  }

  private void sweep(int at, Source source, double[][] bar, int n) {
    for (double[] lanes : bar) {
      Lanes.fill(lanes, 0);
    }
    double[][] l = adjoints;
    double[][] next = nextAdjoints;
    for (int i = 0; i < l.length; i++) {
      Lanes.fill(l[i], i == source.state() ? 1 : 0);
    }
    Lanes.fill(slotAdjoints[0], 1);
    step.bindBars(bar);
    int f = source.functional();
    int[] events = f < 0 ? NONE : schedule.functionals().get(f).events();
    if (f >= 0) {
      updates[f].bindBars(bar);
    }
    int slot = 0;
    int event = f < 0 ? -1 : schedule.functionals().get(f).updates(at) - 1;
    for (int k = at; k >= 0; k--) {
      if (event >= 0 && events[event] == k) {
        updates[f].bindAdjoints(l, next);
        memory.bindStates(updates[f].states, k);
        updateSlots[f].bind(0, memory.functional(f, event));
        updateSlots[f].bind(1, slotAdjoints[slot]);
        updateSlots[f].bind(2, slotAdjoints[1 - slot]);
        updates[f].call.run(event, n);
        slot = 1 - slot;
        event--;
        double[][] swap = l;
        l = next;
        next = swap;
      }
      if (k > 0) {
        step.bindAdjoints(l, next);
        memory.bindStates(step.states, k - 1);
        memory.bindNoise(step.normals, k - 1);
        step.call.run(k - 1, n);
        double[][] swap = l;
        l = next;
        next = swap;
      }
    }
    initial.bindAdjoints(l, next);
    initial.bindBars(bar);
    initial.call.run(0, n);
  }

  private void combine(Date date, int j, int n) {
    int o = date.outputs()[j];
    int[] functionals = schedule.outputs().get(o).functionals();
    memory.bindStates(gradientStates[o], date.at());
    for (int s = 0; s < functionals.length; s++) {
      gradientSlots[o].bind(s, memory.functionalAt(functionals[s], date.at()));
    }
    int[] sources = date.sourceOf()[j];
    int parameters = program.gradient().size();
    for (int s = 0; s < sources.length; s++) {
      for (int p = 0; p < parameters; p++) {
        gradientSources[o].bind(s * parameters + p, bars[sources[s]][p]);
      }
    }
    gradients[o].run(0, n);
  }
}
