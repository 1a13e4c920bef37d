package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Functional;
import java.util.Arrays;
import java.util.List;

/**
 * The arrays of one block of paths. States and normals that a reverse sweep reads have an array a
 * step; the others share a pair that alternates.
 */
final class BlockMemory {
  final double[] path = Lanes.block();
  final double[] status = Lanes.block();
  final double[] value = Lanes.block();

  private final PathProgram program;
  private final Schedule schedule;
  private final double[][][] states;
  private final double[][][] normals;
  private final double[][][] functionals;
  private final int[] offsets;
  private final int granuleSteps;
  private final int noiseSets;
  private final int channels;
  private final double[][] prepared;

  BlockMemory(PathRun run, ProgramFragments fragments) {
    this.program = run.program();
    this.schedule = run.schedule();
    this.granuleSteps = program.granule();
    this.noiseSets = program.noiseSets();
    this.channels = program.channels();
    int steps = schedule.steps();
    boolean gradient = !program.gradient().isEmpty();
    List<Expr> reverseInputs = gradient ? fragments.plan("stepReverse").inputs() : List.of();
    boolean[] observed = new boolean[steps + 1];
    schedule.outputs().forEach(o -> observed[o.at()] = true);
    schedule.functionals().forEach(f -> Arrays.stream(f.events()).forEach(k -> observed[k] = true));
    long kept = 0;
    this.states = new double[program.states()][steps + 1][];
    for (int i = 0; i < program.states(); i++) {
      double[][] shared = Lanes.blocks(2);
      boolean everyStep = reverseInputs.contains(PathProgram.state(i));
      for (int k = 0; k <= steps; k++) {
        boolean own = gradient && (everyStep || observed[k]);
        kept += own ? 1 : 0;
        states[i][k] = own ? newArray(kept) : shared[k % 2];
      }
    }
    boolean keepNormals =
        !program.prepared() && reverseInputs.stream().anyMatch(e -> e.leaf() == Leaf.NOISE);
    int granules = schedule.fineStep()[steps - 1] / program.granule() + 1;
    int perGranule = program.granule() * program.channels();
    this.normals = new double[granules][][];
    double[][] sharedNormals = Lanes.blocks(program.prepared() ? 0 : perGranule);
    for (int g = 0; g < granules; g++) {
      kept += keepNormals ? perGranule : 0;
      check(kept);
      normals[g] = keepNormals ? Lanes.blocks(perGranule) : sharedNormals;
    }
    kept += schedule.noise().arrays();
    check(kept);
    this.prepared = Lanes.blocks(schedule.noise().arrays());
    this.functionals = new double[schedule.functionals().size()][][];
    for (int f = 0; f < functionals.length; f++) {
      int events = schedule.functionals().get(f).events().length;
      double[][] shared = Lanes.blocks(2);
      functionals[f] = new double[events + 1][];
      for (int e = 0; e <= events; e++) {
        kept += gradient ? 1 : 0;
        functionals[f][e] = gradient ? newArray(kept) : shared[e % 2];
      }
    }
    this.offsets = new int[schedule.outputs().size()];
    for (int o = 0; o < offsets.length; o++) {
      offsets[o] = run.offset(o);
    }
  }

  private static double[] newArray(long kept) {
    check(kept);
    return Lanes.block();
  }

  private static void check(long kept) {
    if (kept * Lanes.WIDTH * 8 > Lanes.LIMIT_BYTES) {
      throw new IllegalStateException(
          "the stored-state gradient needs more than "
              + (Lanes.LIMIT_BYTES >> 20)
              + " MiB a thread: use fewer steps or states");
    }
  }

  double[] state(int k, int i) {
    return states[i][k];
  }

  double[] functional(int f, int event) {
    return functionals[f][event];
  }

  /** The value of a functional after the events up to grid index k. */
  double[] functionalAt(int f, int k) {
    return functionals[f][schedule.functionals().get(f).updates(k)];
  }

  /** The normals of a granule: step by step and channel by channel. */
  double[] drawn(int granule, int number) {
    return normals[granule][number];
  }

  /** An array in which noise is prepared. */
  double[] prepared(int array) {
    return prepared[array];
  }

  int offset(int output) {
    return offsets[output];
  }

  void startFunctionals() {
    for (int f = 0; f < functionals.length; f++) {
      Functional template = program.functionals().get(schedule.functionals().get(f).template());
      Lanes.fill(functionals[f][0], template.initial());
    }
  }

  /** Points the states, in order, at those of grid index k. */
  void bindStates(FragmentCall.Port port, int k) {
    for (int i = 0; i < states.length; i++) {
      port.bind(i, states[i][k]);
    }
  }

  /** Points the normals of step k, set by set and channel by channel, at what was drawn. */
  void bindNoise(FragmentCall.Port port, int k) {
    int fine = schedule.fineStep()[k];
    if (program.prepared()) {
      for (int set = 0; set < noiseSets; set++) {
        for (int c = 0; c < channels; c++) {
          port.bind(set * channels + c, prepared[schedule.noise().array(fine, noiseSets, set, c)]);
        }
      }
      return;
    }
    int granule = fine / granuleSteps;
    for (int set = 0; set < noiseSets; set++) {
      int inGranule = noiseSets == 2 ? set : fine % granuleSteps;
      for (int c = 0; c < channels; c++) {
        port.bind(set * channels + c, drawn(granule, inGranule * channels + c));
      }
    }
  }
}
