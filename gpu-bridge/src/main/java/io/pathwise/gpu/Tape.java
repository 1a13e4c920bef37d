package io.pathwise.gpu;

import io.pathwise.kernel.CurveNodes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.PreparedNoise;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.solve.InputLayout;
import io.pathwise.solve.Itinerary;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.UniformRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a kernel does to a path, as data: for each call of a fragment its number, where its uniform
 * values begin, and its operands; the uniform values themselves; and the slots that a lane keeps
 * between calls. States and normals have a slot a step where a reverse sweep reads them.
 *
 * @param code the calls one after the other, then -1
 * @param calls how many there are
 * @param numbers the initial states, then all rows of uniform doubles
 * @param words all rows of uniform integers
 * @param slots the doubles that a lane keeps
 * @param captured the captured outputs, in the order of their places
 * @param brought the rows that paths bring along, which follow those that they carry into the leg
 */
record Tape(
    int[] code, int calls, double[] numbers, long[] words, int slots, int[] captured, int brought) {
  /** The words before the operands of a call: its operation, its doubles, its integers. */
  static final int HEADER = 3;

  /** The operation that fills a slot with a uniform value. */
  static int fill(ProgramFragments fragments) {
    return fragments.plans().size();
  }

  /** The operation that starts a source's sweep. */
  static int begin(ProgramFragments fragments) {
    return fragments.plans().size() + 1;
  }

  /** The operation that takes up the carried states. */
  static int load(ProgramFragments fragments) {
    return fragments.plans().size() + 2;
  }

  /** The operation that hands on the states. */
  static int store(ProgramFragments fragments) {
    return fragments.plans().size() + 3;
  }

  /** The operation that takes up a carried row in a slot. */
  static int fetch(ProgramFragments fragments) {
    return fragments.plans().size() + 4;
  }

  /** The operation that hands on a slot as a row. */
  static int put(ProgramFragments fragments) {
    return fragments.plans().size() + 5;
  }

  /** The operation that keeps the state in slots. */
  static int keep(ProgramFragments fragments) {
    return fragments.plans().size() + 6;
  }

  /** The operation that takes the state from slots. */
  static int restore(ProgramFragments fragments) {
    return fragments.plans().size() + 7;
  }

  /** The tape of a run. */
  static Tape of(PathRun run, ProgramFragments fragments) {
    return new Writer(run, fragments).write();
  }

  /** Where the rows of a fragment begin. */
  private record Placed(UniformRows.Rows rows, int number, int word) {
    int number(int row) {
      return number + rows.number(row);
    }

    int word(int row) {
      return word + rows.word(row);
    }
  }

  private static final class Writer implements Itinerary.Visitor {
    private static final int NONE = -1;

    private final PathProgram program;
    private final Schedule schedule;
    private final PathRun run;
    private final ProgramFragments fragments;
    private final UniformRows uniforms;
    private final Itinerary itinerary;
    private final InputLayout inputs;
    private final Placed starts;
    private final Placed[] recurrences;
    private final Placed[] recurrencesReverse;
    private final Placed noise;
    private final Placed[] preparations;
    private final int[] preparationRows;
    private final Placed step;
    private final Placed finish;
    private final Placed stepBack;
    private final Placed stepReverse;
    private final Placed initialReverse;
    private final Placed[] updates;
    private final Placed[] updatesReverse;
    private int[] code = new int[1024];
    private int length;
    private int calls;
    private double[] numbers;
    private long[] words = new long[0];
    private final List<Integer> captured = new ArrayList<>();

    Writer(PathRun run, ProgramFragments fragments) {
      this.run = run;
      this.program = run.program();
      this.schedule = run.schedule();
      this.fragments = fragments;
      this.uniforms = new UniformRows(run, fragments);
      this.itinerary = new Itinerary(run, fragments);
      this.inputs = itinerary.inputs();
      this.numbers = program.startsApart() ? new double[program.states()] : uniforms.initialState();
      this.starts = program.startsApart() ? place(uniforms.once("initial")) : null;
      this.recurrences = new Placed[program.recurrences().size()];
      this.recurrencesReverse = new Placed[recurrences.length];
      for (int r = 0; r < recurrences.length; r++) {
        recurrences[r] = place(uniforms.once(ProgramFragments.recurrence("recurrence", r)));
        if (program.swept()) {
          recurrencesReverse[r] =
              place(uniforms.once(ProgramFragments.recurrence("recurrenceReverse", r)));
        }
      }
      this.noise = program.prepared() ? null : place(uniforms.noise());
      this.preparations = new Placed[program.preparations().size()];
      for (int t = 0; t < preparations.length; t++) {
        preparations[t] = place(uniforms.preparation(t));
      }
      this.preparationRows = new int[preparations.length];
      this.step = place(uniforms.step("step"));
      this.finish = place(uniforms.once("finish"));
      boolean swept = program.swept();
      this.stepBack =
          swept && program.backward().isPresent() ? place(uniforms.step("stepBack")) : null;
      this.stepReverse = swept ? place(uniforms.step("stepReverse")) : null;
      this.initialReverse = swept ? place(uniforms.once("initialReverse")) : null;
      int functionals = schedule.functionals().size();
      this.updates = new Placed[functionals];
      this.updatesReverse = new Placed[functionals];
      for (int f = 0; f < functionals; f++) {
        updates[f] = place(uniforms.update("update", f));
        if (swept) {
          updatesReverse[f] = place(uniforms.update("updateReverse", f));
        }
      }
    }

    private Placed place(UniformRows.Rows rows) {
      Placed placed = new Placed(rows, numbers.length, words.length);
      numbers = Arrays.copyOf(numbers, numbers.length + rows.numbers().length);
      System.arraycopy(rows.numbers(), 0, numbers, placed.number(), rows.numbers().length);
      words = Arrays.copyOf(words, words.length + rows.words().length);
      System.arraycopy(rows.words(), 0, words, placed.word(), rows.words().length);
      return placed;
    }

    Tape write() {
      itinerary.begin(this);
      if (run.continued()) {
        append(load(fragments), 0, 0);
        carry(fetch(fragments), itinerary.carriedFrom());
      }
      itinerary.visit(this);
      if (run.cut()) {
        append(store(fragments), 0, 0);
        carry(put(fragments), itinerary.carriedTo());
      }
      append(NONE);
      return new Tape(
          Arrays.copyOf(code, length),
          calls,
          numbers,
          words,
          itinerary.slots() - itinerary.passing(),
          captured.stream().mapToInt(Integer::intValue).toArray(),
          inputs.rows());
    }

    /** Moves the functionals that are carried over a cut, whose rows follow those of the states. */
    private void carry(int operation, int[] rows) {
      for (int row = program.states(); row < rows.length; row++) {
        append(operation, row, 0, kept(rows[row]));
      }
    }

    /** The slot of a lane; none for what is at hand in variables. */
    private int kept(int slot) {
      return slot < itinerary.passing() ? NONE : slot - itinerary.passing();
    }

    private int[] kept(int[] slots) {
      return Arrays.stream(slots).map(this::kept).toArray();
    }

    private void append(int... values) {
      if (length + values.length > code.length) {
        code = Arrays.copyOf(code, 2 * (code.length + values.length));
      }
      System.arraycopy(values, 0, code, length, values.length);
      length += values.length;
    }

    private void call(Placed fragment, int row, int... operands) {
      calls++;
      append(fragment.rows().fragment(), fragment.number(row), fragment.word(row));
      append(operands);
    }

    /** Whether step k reads the second half of its granule's normals. */
    private int odd(int k) {
      return schedule.fineStep()[k] % program.granule();
    }

    /** The adjoints at grid index k of what recurrences make, of a source. */
    private int[] adjointsAt(int k, Itinerary.Source source) {
      int first = source.bars() + program.gradient().size();
      return Arrays.stream(inputs.adjointsAt(k)).map(i -> kept(first + i)).toArray();
    }

    /** The derivatives of a source in the nodes of curves that step k touches. */
    private int[] touched(int k, Itinerary.Source source) {
      IntStream touched = IntStream.empty();
      for (CurveNodes curve : program.curves()) {
        int first = source.bars() + curve.first();
        int[] nodes = schedule.nodes().get(curve.curve())[k];
        touched = IntStream.concat(touched, Arrays.stream(nodes).map(node -> kept(first + node)));
      }
      return touched.toArray();
    }

    @Override
    public void bring() {
      int first = run.continued() ? run.carriedRows(run.leg().from()) : 0;
      for (int row = 0; row < inputs.rows(); row++) {
        append(fetch(fragments), first + row, 0, kept(inputs.base() + row));
      }
      int zero = numbers.length;
      numbers = Arrays.copyOf(numbers, zero + 1);
      for (int slot = inputs.rows(); slot < inputs.slots(); slot++) {
        append(fill(fragments), zero, 0, kept(inputs.base() + slot));
      }
    }

    @Override
    public void recurrence(int r, int entry) {
      call(recurrences[r], 0, kept(inputs.value(r, entry + 1)), kept(inputs.value(r, entry)));
      append(kept(inputs.ofEntry(entry)));
    }

    @Override
    public void recurrenceReverse(int r, int entry, Itinerary.Source source) {
      int adjoints = source.bars() + program.gradient().size();
      call(
          recurrencesReverse[r],
          0,
          kept(inputs.value(r, entry + 1)),
          kept(adjoints + inputs.adjoint(r, entry)),
          kept(adjoints + inputs.adjoint(r, entry + 1)),
          kept(source.bars()));
      append(kept(inputs.ofEntry(entry)));
    }

    @Override
    public void initial(int state) {
      if (starts != null) {
        call(starts, 0, kept(inputs.at(0)));
      }
      keep(state);
    }

    private void keep(int state) {
      if (kept(state) != NONE) {
        append(Tape.keep(fragments), 0, 0, kept(state));
      }
    }

    @Override
    public void start(int f, int value) {
      List<Double> initial =
          program.functionals().get(schedule.functionals().get(f).template()).initial();
      for (int j = 0; j < initial.size(); j++) {
        int at = numbers.length;
        numbers = Arrays.copyOf(numbers, at + 1);
        numbers[at] = initial.get(j);
        append(fill(fragments), at, 0, kept(value + j));
      }
    }

    @Override
    public void update(int f, int event, int state, int before, int after) {
      call(updates[f], event, kept(before), kept(after));
      append(kept(inputs.at(schedule.functionals().get(f).events()[event])));
    }

    @Override
    public void output(int o, int state, int[] functionals) {
      Schedule.OutputInstance instance = schedule.outputs().get(o);
      int place = instance.captured() ? captured.size() : NONE;
      if (instance.captured()) {
        captured.add(o);
      }
      call(place(uniforms.output("output", o)), 0, run.offset(o), place);
      append(kept(functionals));
      append(kept(inputs.at(instance.at())));
    }

    @Override
    public void prepare(int number, int base) {
      PreparedNoise.Call call = schedule.noise().calls().get(number);
      int t = call.template();
      call(preparations[t], preparationRows[t]++);
      append(Arrays.stream(call.inputs()).map(array -> kept(base + array)).toArray());
      append(Arrays.stream(call.outputs()).map(array -> kept(base + array)).toArray());
    }

    /** The slots of the prepared normals that step k reads. */
    private int[] preparedNormals(int k, int base) {
      if (!program.prepared()) {
        return new int[0];
      }
      int sets = program.noiseSets();
      int fine = schedule.fineStep()[k];
      return IntStream.range(0, sets * program.channels())
          .map(
              j ->
                  schedule
                      .noise()
                      .array(fine, sets, j / program.channels(), j % program.channels()))
          .map(array -> kept(base + array))
          .toArray();
    }

    @Override
    public void draw(int k, int normals) {
      call(noise, k, kept(normals));
    }

    @Override
    public void step(int k, int normals, int from, int to) {
      call(step, k, odd(k), kept(to));
      append(preparedNormals(k, normals));
      append(kept(inputs.at(k + 1)));
    }

    @Override
    public void finish(int state) {
      call(finish, 0);
    }

    @Override
    public void stepBack(int k, int normals, int from, int to) {
      int drawn = program.prepared() ? NONE : kept(normals);
      call(stepBack, k, kept(from), drawn, odd(k), kept(to));
      append(preparedNormals(k, normals));
      append(kept(inputs.at(k + 1)));
    }

    @Override
    public void restore(int state) {
      append(Tape.restore(fragments), 0, 0, kept(state));
    }

    @Override
    public void begin(Itinerary.Source source) {
      append(
          Tape.begin(fragments),
          0,
          0,
          kept(source.adjoint()),
          source.state(),
          kept(source.bars()),
          source.functional() < 0 ? 0 : run.components(source.functional()),
          source.functional() < 0 ? NONE : kept(source.slotAdjoint()),
          source.component(),
          inputs.adjoints());
    }

    @Override
    public void updateReverse(
        int f, int event, int state, int before, Itinerary.Source source, int next, int nextSlot) {
      call(
          updatesReverse[f],
          event,
          kept(state),
          kept(before),
          kept(source.adjoint()),
          kept(next),
          kept(source.bars()),
          kept(source.slotAdjoint()),
          kept(nextSlot));
      int k = schedule.functionals().get(f).events()[event];
      append(kept(inputs.at(k)));
      append(adjointsAt(k, source));
    }

    @Override
    public void stepReverse(int k, int state, int normals, Itinerary.Source source, int next) {
      call(
          stepReverse,
          k,
          kept(state),
          program.prepared() ? NONE : kept(normals),
          odd(k),
          kept(source.adjoint()),
          kept(next),
          kept(source.bars()));
      append(preparedNormals(k, normals));
      append(touched(k, source));
      append(kept(inputs.at(k + 1)));
      append(adjointsAt(k + 1, source));
    }

    @Override
    public void initialReverse(Itinerary.Source source) {
      call(initialReverse, 0, kept(source.adjoint()), kept(source.bars()));
      append(kept(inputs.at(0)));
      append(adjointsAt(0, source));
    }

    @Override
    public void gradient(int o, int state, int[] functionals, int[] bars) {
      call(place(uniforms.output("outputGradient", o)), 0, run.offset(o) + 2, kept(state));
      append(kept(functionals));
      append(kept(bars));
      append(kept(inputs.at(schedule.outputs().get(o).at())));
    }
  }
}
