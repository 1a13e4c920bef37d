package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.payoff.Functional;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The reverse sweeps of a block: points their calls at the arrays of the moment. */
final class ReverseSweeps {
  private final PathProgram program;
  private final BlockMemory memory;
  private final int parameters;
  private final Reverse step;
  private final Reverse initial;
  private final Reverse[] updates;
  private final FragmentCall.Port[] updateValues;
  private final FragmentCall.Port[] updateSlots;
  private final FragmentCall.Port[] updateNextSlots;
  private final int[] components;

  ReverseSweeps(PathRun run, Calls calls, BlockMemory memory) {
    this.program = run.program();
    this.memory = memory;
    this.parameters = program.gradient().size();
    this.step = new Reverse(calls.step("stepReverse"), calls);
    this.initial = new Reverse(calls.once("initialReverse"), calls);
    int functionals = run.schedule().functionals().size();
    this.updates = new Reverse[functionals];
    this.updateValues = new FragmentCall.Port[functionals];
    this.updateSlots = new FragmentCall.Port[functionals];
    this.updateNextSlots = new FragmentCall.Port[functionals];
    this.components = new int[functionals];
    for (int f = 0; f < functionals; f++) {
      components[f] = run.components(f);
      FragmentCall call = calls.update("updateReverse", f);
      updates[f] = new Reverse(call, calls);
      updateValues[f] = call.port(leaves(components[f], Functional::value));
      updateSlots[f] = call.port(leaves(components[f], ProgramFragments::slotAdjoint));
      updateNextSlots[f] = call.port(leaves(components[f], ProgramFragments::nextSlotAdjoint));
    }
  }

  private static List<Expr> leaves(int count, IntFunction<Expr> leaf) {
    return IntStream.range(0, count).mapToObj(leaf).toList();
  }

  /** A fragment of the reverse sweep with the places of what changes from call to call. */
  private final class Reverse {
    private final FragmentCall call;
    private final FragmentCall.Port states;
    private final FragmentCall.Port normals;
    private final FragmentCall.Port adjoints;
    private final FragmentCall.Port nextAdjoints;
    private final FragmentCall.Port bars;

    Reverse(FragmentCall call, Calls calls) {
      this.call = call;
      this.states = call.port(calls.states());
      this.normals = call.port(calls.normals());
      this.adjoints = call.port(leaves(program.states(), ProgramFragments::adjoint));
      this.nextAdjoints = call.port(leaves(program.states(), ProgramFragments::nextAdjoint));
      this.bars = call.port(leaves(parameters, ProgramFragments::bar));
    }

    void bind(Itinerary.Source source) {
      memory.bind(adjoints, source.adjoint());
      memory.bind(bars, source.bars());
    }
  }

  void begin(Itinerary.Source source) {
    for (int p = 0; p < parameters; p++) {
      Lanes.fill(memory.slot(source.bars() + p), 0);
    }
    for (int i = 0; i < program.states(); i++) {
      Lanes.fill(memory.slot(source.adjoint() + i), i == source.state() ? 1 : 0);
    }
    for (int j = 0; source.functional() >= 0 && j < components[source.functional()]; j++) {
      Lanes.fill(memory.slot(source.slotAdjoint() + j), j == source.component() ? 1 : 0);
    }
  }

  void updateReverse(
      int f,
      int event,
      int state,
      int before,
      Itinerary.Source source,
      int next,
      int nextSlot,
      int n) {
    Reverse update = updates[f];
    update.bind(source);
    memory.bind(update.states, state);
    memory.bind(update.nextAdjoints, next);
    memory.bind(updateValues[f], before);
    memory.bind(updateSlots[f], source.slotAdjoint());
    memory.bind(updateNextSlots[f], nextSlot);
    update.call.run(event, n);
  }

  void stepReverse(int k, int state, int normals, Itinerary.Source source, int next, int n) {
    step.bind(source);
    memory.bind(step.states, state);
    memory.bindNoise(step.normals, k, normals);
    memory.bind(step.nextAdjoints, next);
    step.call.run(k, n);
  }

  void initialReverse(Itinerary.Source source, int n) {
    initial.bind(source);
    initial.call.run(0, n);
  }
}
