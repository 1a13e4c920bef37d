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

/**
 * The gradients of a block: for every date, one reverse sweep for each state or functional that an
 * output of the date reads, then every output's derivative from those, whatever the number of
 * outputs.
 */
final class ReverseSweeps {
  /** A state (functional = -1) or a functional instance (state = -1). */
  private record Source(int state, int functional) {}

  private record Date(int at, List<Source> sources, int[] outputs, int[][] sourceOf) {}

  private final PathProgram program;
  private final Schedule schedule;
  private final BlockMemory memory;
  private final FragmentCall stepReverse;
  private final FragmentCall initialReverse;
  private final FragmentCall[] updateReverse;
  private final FragmentCall[] gradients;
  private final List<Date> dates = new ArrayList<>();
  private final double[][][] bars;
  private final double[][] adjoints;
  private final double[][] nextAdjoints;
  private final double[][] slotAdjoints = FragmentCall.block(2);

  ReverseSweeps(PathRun run, Calls calls, BlockMemory memory) {
    this.program = run.program();
    this.schedule = run.schedule();
    this.memory = memory;
    this.stepReverse = calls.step("stepReverse");
    this.initialReverse = calls.once("initialReverse");
    this.updateReverse = new FragmentCall[schedule.functionals().size()];
    for (int f = 0; f < updateReverse.length; f++) {
      updateReverse[f] = calls.update("updateReverse", f);
    }
    this.gradients = new FragmentCall[schedule.outputs().size()];
    TreeMap<Integer, List<Integer>> byDate = new TreeMap<>();
    for (int o = 0; o < gradients.length; o++) {
      Schedule.OutputInstance instance = schedule.outputs().get(o);
      if (program.outputs().get(instance.template()).differentiated()) {
        gradients[o] = calls.output("outputGradient", o);
        byDate.computeIfAbsent(instance.at(), k -> new ArrayList<>()).add(o);
      }
    }
    byDate.forEach((at, outputs) -> dates.add(date(at, outputs)));
    int most = dates.stream().mapToInt(d -> d.sources().size()).max().orElse(0);
    this.bars = new double[most][program.gradient().size()][Lanes.WIDTH];
    this.adjoints = FragmentCall.block(program.states());
    this.nextAdjoints = FragmentCall.block(program.states());
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
  void run(double[][] sums, int n) {
    for (int d = 0; d < dates.size(); d++) {
      Date date = dates.get(d);
      for (int s = 0; s < date.sources().size(); s++) {
        sweep(date.at(), date.sources().get(s), bars[s], n);
      }
      for (int j = 0; j < date.outputs().length; j++) {
        combine(date, j, sums, n);
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
    int slot = 0;
    for (int k = at; k >= 0; k--) {
      int event =
          source.functional() < 0
              ? -1
              : Arrays.binarySearch(schedule.functionals().get(source.functional()).events(), k);
      if (event >= 0) {
        FragmentCall call = updateReverse[source.functional()];
        memory.bindStates(call, k);
        bindAdjoints(call, l, next, bar);
        call.bind(Functional.VALUE, memory.functional(source.functional(), event))
            .bind(ProgramFragments.SLOT_ADJOINT, slotAdjoints[slot])
            .bind(ProgramFragments.NEXT_SLOT_ADJOINT, slotAdjoints[1 - slot])
            .run(event, n);
        slot = 1 - slot;
        double[][] swap = l;
        l = next;
        next = swap;
      }
      if (k > 0) {
        memory.bindStates(stepReverse, k - 1);
        memory.bindNoise(stepReverse, k - 1);
        bindAdjoints(stepReverse, l, next, bar);
        stepReverse.run(k - 1, n);
        double[][] swap = l;
        l = next;
        next = swap;
      }
    }
    bindAdjoints(initialReverse, l, next, bar);
    initialReverse.run(0, n);
  }

  private static void bindAdjoints(
      FragmentCall call, double[][] l, double[][] next, double[][] bar) {
    for (int i = 0; i < l.length; i++) {
      call.bind(ProgramFragments.adjoint(i), l[i]).bind(ProgramFragments.nextAdjoint(i), next[i]);
    }
    for (int p = 0; p < bar.length; p++) {
      call.bind(ProgramFragments.bar(p), bar[p]);
    }
  }

  private void combine(Date date, int j, double[][] sums, int n) {
    int o = date.outputs()[j];
    Schedule.OutputInstance instance = schedule.outputs().get(o);
    FragmentCall call = gradients[o];
    memory.bindStates(call, date.at());
    for (int s = 0; s < instance.functionals().length; s++) {
      call.bind(Output.slot(s), memory.functionalAt(instance.functionals()[s], date.at()));
    }
    int offset = memory.offset(o) + 2;
    for (int p = 0; p < program.gradient().size(); p++) {
      for (int s = 0; s < date.sourceOf()[j].length; s++) {
        call.bind(ProgramFragments.sensitivity(s, p), bars[date.sourceOf()[j][s]][p]);
      }
      call.bind(ProgramFragments.gradientSum(p), sums[offset + 2 * p])
          .bind(ProgramFragments.gradientSquares(p), sums[offset + 2 * p + 1]);
    }
    call.run(0, n);
  }
}
