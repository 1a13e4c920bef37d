package io.pathwise.solve;

import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Functional;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The gradients of a block: points the calls of the reverse sweeps at the arrays of the moment. */
final class ReverseSweeps implements Itinerary.Backward {
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
  private final Itinerary itinerary;
  private final double[][][] bars;
  private double[][] adjoints;
  private double[][] nextAdjoints;
  private double[] slotAdjoint = Lanes.block();
  private double[] nextSlotAdjoint = Lanes.block();
  private double[][] bar;
  private int n;

  ReverseSweeps(
      PathRun run, Itinerary itinerary, Calls calls, BlockMemory memory, double[][] sums) {
    this.itinerary = itinerary;
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
    for (int o = 0; o < claims; o++) {
      if (run.derivatives(schedule.outputs().get(o)) > 0) {
        gradient(o, calls, sums);
      }
    }
    this.bars = new double[itinerary.sources()][][];
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

  /** Adds the derivatives of the first n paths of a block to the sums. */
  void run(int paths) {
    n = paths;
    itinerary.backward(this);
  }

  @Override
  public void begin(int source, int state) {
    bar = bars[source];
    for (double[] lanes : bar) {
      Lanes.fill(lanes, 0);
    }
    for (int i = 0; i < adjoints.length; i++) {
      Lanes.fill(adjoints[i], i == state ? 1 : 0);
    }
    Lanes.fill(slotAdjoint, 1);
  }

  @Override
  public void updateReverse(int f, int event, int k) {
    Reverse update = updates[f];
    update.bindBars(bar);
    update.bindAdjoints(adjoints, nextAdjoints);
    memory.bindStates(update.states, k);
    updateSlots[f].bind(0, memory.functional(f, event));
    updateSlots[f].bind(1, slotAdjoint);
    updateSlots[f].bind(2, nextSlotAdjoint);
    update.call.run(event, n);
    double[] swap = slotAdjoint;
    slotAdjoint = nextSlotAdjoint;
    nextSlotAdjoint = swap;
    swapAdjoints();
  }

  @Override
  public void stepReverse(int k) {
    step.bindBars(bar);
    step.bindAdjoints(adjoints, nextAdjoints);
    memory.bindStates(step.states, k);
    memory.bindNoise(step.normals, k);
    step.call.run(k, n);
    swapAdjoints();
  }

  @Override
  public void initialReverse(int source) {
    initial.bindAdjoints(adjoints, nextAdjoints);
    initial.bindBars(bar);
    initial.call.run(0, n);
  }

  private void swapAdjoints() {
    double[][] swap = adjoints;
    adjoints = nextAdjoints;
    nextAdjoints = swap;
  }

  @Override
  public void gradient(int o, int k, int[] sources) {
    int[] functionals = schedule.outputs().get(o).functionals();
    memory.bindStates(gradientStates[o], k);
    for (int s = 0; s < functionals.length; s++) {
      gradientSlots[o].bind(s, memory.functionalAt(functionals[s], k));
    }
    int parameters = program.gradient().size();
    for (int s = 0; s < sources.length; s++) {
      for (int p = 0; p < parameters; p++) {
        gradientSources[o].bind(s * parameters + p, bars[sources[s]][p]);
      }
    }
    gradients[o].run(0, n);
  }
}
