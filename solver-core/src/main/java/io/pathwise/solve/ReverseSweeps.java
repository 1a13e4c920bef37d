package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.CurveNodes;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Functional;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The reverse sweeps of a block: points their calls at the arrays of the moment. */
final class ReverseSweeps {
  private final PathProgram program;
  private final BlockMemory memory;
  private final int parameters;
  private final FragmentCall back;
  private final FragmentCall.Port backStates;
  private final FragmentCall.Port backNormals;
  private final FragmentCall.Port backNext;
  private final FragmentCall.Port backInputs;
  private final Reverse step;
  private final FragmentCall.Port[] touched;
  private final int[][][] nodes;
  private final Reverse initial;
  private final InputLayout inputs;
  private final Schedule schedule;
  private final RecurrenceCall.Reverse[] recurrences;
  private final Reverse[] updates;
  private final FragmentCall.Port[] updateValues;
  private final FragmentCall.Port[] updateSlots;
  private final FragmentCall.Port[] updateNextSlots;
  private final int[] components;

  ReverseSweeps(PathRun run, Calls calls, BlockMemory memory) {
    this.program = run.program();
    this.memory = memory;
    this.parameters = program.gradient().size();
    this.inputs = memory.inputs();
    this.schedule = run.schedule();
    this.back = program.backward().isPresent() ? calls.step("stepBack") : null;
    this.backStates = back == null ? null : back.port(calls.states());
    this.backNormals = back == null ? null : back.port(calls.normals());
    this.backNext =
        back == null ? null : back.port(leaves(program.states(), ProgramFragments::next));
    this.backInputs = back == null ? null : back.port(inputs.leaves());
    this.step = new Reverse(calls.step("stepReverse"), calls);
    this.touched = new FragmentCall.Port[program.curves().size()];
    this.nodes = new int[touched.length][][];
    for (int c = 0; c < touched.length; c++) {
      CurveNodes curve = program.curves().get(c);
      touched[c] = step.call.port(curve.touched());
      nodes[c] = run.schedule().nodes().get(curve.curve());
    }
    this.recurrences = new RecurrenceCall.Reverse[program.recurrences().size()];
    for (int r = 0; r < recurrences.length; r++) {
      recurrences[r] = new RecurrenceCall.Reverse(r, program, calls, memory);
    }
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
    private final FragmentCall.Port brought;
    private final FragmentCall.Port broughtAdjoints;

    Reverse(FragmentCall call, Calls calls) {
      this.call = call;
      this.states = call.port(calls.states());
      this.normals = call.port(calls.normals());
      this.adjoints = call.port(leaves(program.states(), ProgramFragments::adjoint));
      this.nextAdjoints = call.port(leaves(program.states(), ProgramFragments::nextAdjoint));
      this.bars = call.port(leaves(parameters, ProgramFragments::bar));
      this.brought = call.port(inputs.leaves());
      int made = program.recurrenceLeaves().size();
      this.broughtAdjoints = call.port(leaves(made, ProgramFragments::inputAdjoint));
    }

    /** Points at a source and at what is read at grid index k of what the path brings along. */
    void bind(Itinerary.Source source, int k) {
      memory.bind(adjoints, source.adjoint());
      memory.bind(bars, source.bars());
      memory.bind(brought, inputs.at(k), 0);
      memory.bind(broughtAdjoints, inputs.adjointsAt(k), source.bars() + parameters);
    }
  }

  void begin(Itinerary.Source source) {
    for (int p = 0; p < parameters + inputs.adjoints(); p++) {
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
    update.bind(source, schedule.functionals().get(f).events()[event]);
    memory.bind(update.states, state);
    memory.bind(update.nextAdjoints, next);
    memory.bind(updateValues[f], before);
    memory.bind(updateSlots[f], source.slotAdjoint());
    memory.bind(updateNextSlots[f], nextSlot);
    update.call.run(event, n);
  }

  void stepBack(int k, int normals, int from, int to, int n) {
    memory.bind(backStates, from);
    memory.bindNoise(backNormals, k, normals);
    memory.bind(backNext, to);
    memory.bind(backInputs, inputs.at(k + 1), 0);
    back.run(k, n);
  }

  void stepReverse(int k, int state, int normals, Itinerary.Source source, int next, int n) {
    step.bind(source, k + 1);
    memory.bind(step.states, state);
    memory.bindNoise(step.normals, k, normals);
    memory.bind(step.nextAdjoints, next);
    for (int c = 0; c < touched.length; c++) {
      int first = source.bars() + program.curves().get(c).first();
      for (int w = 0; w < touched[c].size(); w++) {
        touched[c].bind(w, memory.slot(first + nodes[c][k][w]));
      }
    }
    step.call.run(k, n);
  }

  void initialReverse(Itinerary.Source source, int n) {
    initial.bind(source, 0);
    initial.call.run(0, n);
  }

  void recurrenceReverse(int r, int entry, Itinerary.Source source, int n) {
    recurrences[r].run(entry, source, n);
  }
}
