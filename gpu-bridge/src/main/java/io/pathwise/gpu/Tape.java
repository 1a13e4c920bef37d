package io.pathwise.gpu;

import io.pathwise.expr.Leaf;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.PreparedNoise;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
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
 */
record Tape(int[] code, int calls, double[] numbers, long[] words, int slots, int[] captured) {
  /** The words before the operands of a call: its operation, its doubles, its integers. */
  static final int HEADER = 3;

  /** The operation that fills a slot with a uniform value. */
  static int fill(ProgramFragments fragments) {
    return fragments.plans().size();
  }

  /** The operation that starts a reverse sweep. */
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

  private static final class Writer implements Itinerary.Forward, Itinerary.Backward {
    private static final int NONE = -1;

    private final PathProgram program;
    private final Schedule schedule;
    private final PathRun run;
    private final ProgramFragments fragments;
    private final UniformRows uniforms;
    private final boolean differentiates;
    private final boolean keepsNormals;
    private final Placed noise;
    private final Placed[] preparations;
    private final int[] preparationRows;
    private final int preparedSlots;
    private final Placed step;
    private final Placed finish;
    private final Placed stepReverse;
    private final Placed initialReverse;
    private final Placed[] updates;
    private final Placed[] updatesReverse;
    private final int[] functionalSlots;
    private final int normalSlots;
    private final int barSlots;
    private final int slots;
    private int[] code = new int[1024];
    private int length;
    private int calls;
    private double[] numbers = new double[0];
    private long[] words = new long[0];
    private final List<Integer> captured = new ArrayList<>();

    Writer(PathRun run, ProgramFragments fragments) {
      this.run = run;
      this.program = run.program();
      this.schedule = run.schedule();
      this.fragments = fragments;
      this.uniforms = new UniformRows(run, fragments);
      this.differentiates = !program.gradient().isEmpty();
      this.numbers = uniforms.initialState();
      this.noise = program.prepared() ? null : place(uniforms.noise());
      this.preparations = new Placed[program.preparations().size()];
      for (int t = 0; t < preparations.length; t++) {
        preparations[t] = place(uniforms.preparation(t));
      }
      this.preparationRows = new int[preparations.length];
      this.step = place(uniforms.step("step"));
      this.finish = place(uniforms.once("finish"));
      this.stepReverse = differentiates ? place(uniforms.step("stepReverse")) : null;
      this.initialReverse = differentiates ? place(uniforms.once("initialReverse")) : null;
      this.keepsNormals =
          differentiates
              && !program.prepared()
              && fragments.plan("stepReverse").inputs().stream()
                  .anyMatch(leaf -> leaf.leaf() == Leaf.NOISE);
      int functionals = schedule.functionals().size();
      this.updates = new Placed[functionals];
      this.updatesReverse = new Placed[functionals];
      this.functionalSlots = new int[functionals];
      int next = differentiates ? program.states() * (schedule.steps() + 1) : 0;
      this.normalSlots = next;
      next += keepsNormals ? granules() * drawn() : 0;
      for (int f = 0; f < functionals; f++) {
        updates[f] = place(uniforms.update("update", f));
        if (differentiates) {
          updatesReverse[f] = place(uniforms.update("updateReverse", f));
        }
        functionalSlots[f] = next;
        next += differentiates ? schedule.functionals().get(f).events().length + 1 : 1;
      }
      this.preparedSlots = next;
      next += schedule.noise().arrays();
      this.barSlots = next;
      this.slots = next + new Itinerary(run).sources() * program.gradient().size();
    }

    private int granules() {
      return schedule.fineStep()[schedule.steps() - 1] / program.granule() + 1;
    }

    private int drawn() {
      return program.granule() * program.channels();
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
      for (int f = 0; f < functionalSlots.length; f++) {
        int at = numbers.length;
        numbers = Arrays.copyOf(numbers, at + 1);
        numbers[at] = program.functionals().get(schedule.functionals().get(f).template()).initial();
        append(fill(fragments), at, 0, functionalSlots[f]);
      }
      Itinerary itinerary = new Itinerary(run);
      if (run.continued()) {
        append(load(fragments), 0, 0);
        carry(fetch(fragments), run.leg().from());
      }
      itinerary.forward(this);
      if (run.cut()) {
        append(store(fragments), 0, 0);
        carry(put(fragments), run.leg().to());
      }
      itinerary.backward(this);
      append(NONE);
      return new Tape(
          Arrays.copyOf(code, length),
          calls,
          numbers,
          words,
          slots,
          captured.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Moves the functionals that are carried over a cut; a run in parts has no gradient. */
    private void carry(int operation, int cut) {
      int row = program.states();
      for (int f : run.carried(cut)) {
        append(operation, row++, 0, functionalSlots[f]);
      }
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

    private int functional(int f, int updates) {
      return functionalSlots[f] + (differentiates ? updates : 0);
    }

    private int[] functionalsAt(int[] functionals, int k) {
      return Arrays.stream(functionals)
          .map(f -> functional(f, schedule.functionals().get(f).updates(k)))
          .toArray();
    }

    private int state(int k) {
      return differentiates ? k * program.states() : NONE;
    }

    private int normals(int granule) {
      return keepsNormals ? normalSlots + granule * drawn() : NONE;
    }

    private int bars(int source) {
      return barSlots + source * program.gradient().size();
    }

    /** Whether step k reads the second half of its granule's normals. */
    private int odd(int k) {
      return schedule.fineStep()[k] % program.granule();
    }

    @Override
    public void update(int f, int event, int k) {
      call(updates[f], event, functional(f, event), functional(f, event + 1));
    }

    @Override
    public void output(int o, int k) {
      Schedule.OutputInstance instance = schedule.outputs().get(o);
      int place = instance.captured() ? captured.size() : NONE;
      if (instance.captured()) {
        captured.add(o);
      }
      call(place(uniforms.output("output", o)), 0, run.offset(o), place);
      append(functionalsAt(instance.functionals(), k));
    }

    @Override
    public void prepare(int number) {
      PreparedNoise.Call call = schedule.noise().calls().get(number);
      int t = call.template();
      call(preparations[t], preparationRows[t]++);
      append(Arrays.stream(call.inputs()).map(array -> preparedSlots + array).toArray());
      append(Arrays.stream(call.outputs()).map(array -> preparedSlots + array).toArray());
    }

    /** The slots of the prepared normals that step k reads. */
    private int[] preparedNormals(int k) {
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
          .map(array -> preparedSlots + array)
          .toArray();
    }

    @Override
    public void draw(int granule, int k) {
      call(noise, k, normals(granule));
    }

    @Override
    public void step(int k) {
      call(step, k, odd(k), state(k + 1));
      append(preparedNormals(k));
    }

    @Override
    public void finish() {
      call(finish, 0);
    }

    @Override
    public void begin(int source, int state) {
      append(Tape.begin(fragments), 0, 0, state);
    }

    @Override
    public void updateReverse(int f, int event, int k) {
      call(updatesReverse[f], event, state(k), functional(f, event));
    }

    @Override
    public void stepReverse(int k) {
      call(stepReverse, k, state(k), normals(schedule.fineStep()[k] / program.granule()), odd(k));
      append(preparedNormals(k));
    }

    @Override
    public void initialReverse(int source) {
      call(initialReverse, 0, bars(source));
    }

    @Override
    public void gradient(int o, int k, int[] sources) {
      Schedule.OutputInstance instance = schedule.outputs().get(o);
      call(place(uniforms.output("outputGradient", o)), 0, run.offset(o) + 2, state(k));
      append(functionalsAt(instance.functionals(), k));
      append(Arrays.stream(sources).map(this::bars).toArray());
    }
  }
}
