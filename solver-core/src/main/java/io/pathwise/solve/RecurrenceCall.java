package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Recurrence;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** One recurrence of a block: points its calls at the arrays of a date. */
final class RecurrenceCall {
  private final int r;
  private final BlockMemory memory;
  private final FragmentCall call;
  private final FragmentCall.Port inputs;
  private final FragmentCall.Port later;
  private final FragmentCall.Port made;

  RecurrenceCall(int r, PathProgram program, Calls calls, BlockMemory memory) {
    this.r = r;
    this.memory = memory;
    Recurrence recurrence = program.recurrences().get(r);
    this.call = calls.once(ProgramFragments.recurrence("recurrence", r));
    this.inputs = call.port(memory.inputs().leaves());
    this.later = call.port(recurrence.laterElements());
    this.made = call.port(leaves(recurrence.size(), ProgramFragments::made));
  }

  private static List<Expr> leaves(int count, IntFunction<Expr> leaf) {
    return IntStream.range(0, count).mapToObj(leaf).toList();
  }

  /** Makes the value at a date of the first n paths. */
  void run(int entry, int n) {
    InputLayout layout = memory.inputs();
    memory.bind(inputs, layout.ofEntry(entry), 0);
    memory.bind(later, layout.value(r, entry + 1));
    memory.bind(made, layout.value(r, entry));
    call.run(0, n);
  }

  /** The recurrence backward. */
  static final class Reverse {
    private final int r;
    private final int parameters;
    private final BlockMemory memory;
    private final FragmentCall call;
    private final FragmentCall.Port inputs;
    private final FragmentCall.Port later;
    private final FragmentCall.Port adjoint;
    private final FragmentCall.Port laterAdjoint;
    private final FragmentCall.Port bars;

    Reverse(int r, PathProgram program, Calls calls, BlockMemory memory) {
      this.r = r;
      this.parameters = program.gradient().size();
      this.memory = memory;
      Recurrence recurrence = program.recurrences().get(r);
      this.call = calls.once(ProgramFragments.recurrence("recurrenceReverse", r));
      this.inputs = call.port(memory.inputs().leaves());
      this.later = call.port(recurrence.laterElements());
      this.adjoint = call.port(leaves(recurrence.size(), ProgramFragments::madeAdjoint));
      this.laterAdjoint = call.port(leaves(recurrence.size(), ProgramFragments::laterAdjoint));
      this.bars = call.port(leaves(parameters, ProgramFragments::bar));
    }

    /** Passes a date: what the value is worth goes to parameters and to the date after. */
    void run(int entry, Itinerary.Source source, int n) {
      InputLayout layout = memory.inputs();
      int adjoints = source.bars() + parameters;
      memory.bind(inputs, layout.ofEntry(entry), 0);
      memory.bind(later, layout.value(r, entry + 1));
      memory.bind(adjoint, adjoints + layout.adjoint(r, entry));
      memory.bind(laterAdjoint, adjoints + layout.adjoint(r, entry + 1));
      memory.bind(bars, source.bars());
      call.run(0, n);
    }
  }
}
