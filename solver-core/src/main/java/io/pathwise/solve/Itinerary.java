package io.pathwise.solve;

import io.pathwise.kernel.ProgramFragments;
import java.util.List;

/**
 * The order in which the fragments of a program run on a path, and where what they read and write
 * lies, the same on every backend: what prepares the noise of the path, in every leg anew; forward
 * through the grid; then, for gradients, backward from the last date that an output is read at to
 * 0, once for all sources of all dates, and every output's derivative from those.
 *
 * <p>A path keeps its numbers in slots, of one double each; a vector takes adjacent ones. The
 * {@link #passing} first slots hold what is read by the very next step and no later: a backend that
 * has the state and the normals of the moment at hand need not keep those.
 */
public final class Itinerary {
  private final PathRun run;
  private final Route route;

  /**
   * The order for the grid and the instances of a run.
   *
   * @throws IllegalArgumentException if the memory that a thread may keep for sweeps is too small
   */
  public Itinerary(PathRun run, ProgramFragments fragments) {
    this.run = run;
    this.route = new Route(run, fragments);
  }

  /** What happens; slots are the first of their vectors. */
  public interface Visitor {
    /** What the path brings along is put in its slots; those of recurrences are 0. */
    void bring();

    /** Recurrence r makes its value at a date, the last one first. */
    void recurrence(int r, int entry);

    /** The state is that at time 0. */
    void initial(int state);

    /** Functional {@code f} has its initial value. */
    void start(int f, int value);

    /** Call number {@code call} prepares noise of the path, in the slots from {@code base} on. */
    void prepare(int call, int base);

    /** The normals of the granule of step k are drawn. */
    void draw(int k, int normals);

    /**
     * Step k leads from one state to the next.
     *
     * @param normals where those of its granule lie, or all prepared ones
     */
    void step(int k, int normals, int from, int to);

    /** Functional {@code f} takes in its event number {@code event}. */
    void update(int f, int event, int state, int before, int after);

    /** Output {@code o} is read. */
    void output(int o, int state, int[] functionals);

    /** The last state is checked; not where the leg ends before the grid. */
    void finish(int state);

    /** The state before step k is found from that after it. */
    void stepBack(int k, int normals, int from, int to);

    /** The path goes on from this state, which it has seen before. */
    void restore(int state);

    /** A source is met: its adjoint is 1 in itself, and its derivatives are collected from 0. */
    void begin(Source source);

    /** A sweep passes event number {@code event} of a source's functional. */
    void updateReverse(
        int f, int event, int state, int before, Source source, int next, int nextSlot);

    /**
     * A sweep passes step k; the adjoint before it goes to {@code next}.
     *
     * @param state the state before the step, or after it where the program's way backward is
     *     continuous
     */
    void stepReverse(int k, int state, int normals, Source source, int next);

    /** A sweep ends at the initial state. */
    void initialReverse(Source source);

    /** A sweep that has ended passes recurrence r at a date, the first one first. */
    void recurrenceReverse(int r, int entry, Source source);

    /**
     * The derivatives of output {@code o} come from those of its sources, or, where it has
     * tangents, from what it reads.
     *
     * @param bars for each source, where its derivatives in the parameters lie
     */
    void gradient(int o, int state, int[] functionals, int[] bars);
  }

  /**
   * A state or a component of a functional that an output of some date reads, where its adjoints
   * lie at the moment of a call.
   *
   * @param state the number of the state, -1 for a functional
   * @param functional the number of the functional instance, -1 for a state
   * @param component the component of the functional
   * @param adjoint the adjoint of the state of the path
   * @param slotAdjoint the adjoint of the functional, -1 for a state
   * @param bars the derivatives in the parameters, and then the adjoints of the values of
   *     recurrences
   */
  public record Source(
      int state, int functional, int component, int adjoint, int slotAdjoint, int bars) {
    Source with(int otherAdjoint, int otherSlotAdjoint) {
      return new Source(state, functional, component, otherAdjoint, otherSlotAdjoint, bars);
    }
  }

  /** One thing that happens. */
  interface Call {
    void on(Visitor visitor);
  }

  /** What happens before paths take up what they carry into the leg. */
  public void begin(Visitor visitor) {
    if (inputs().slots() > 0) {
      visitor.bring();
    }
    for (int r = 0; r < run.program().recurrences().size(); r++) {
      for (int entry = inputs().entries(r) - 1; entry >= 0; entry--) {
        visitor.recurrence(r, entry);
      }
    }
    visitor.initial(route.first().state());
    for (int f = 0; f < route.first().values().length; f++) {
      visitor.start(f, route.first().values()[f]);
    }
  }

  /** Goes all the way. */
  public void visit(Visitor visitor) {
    for (Call call : route.calls()) {
      call.on(visitor);
    }
  }

  /** Where a path keeps what it brings along. */
  public InputLayout inputs() {
    return route.inputs();
  }

  /** The slots that a path has, from 0 on. */
  public int slots() {
    return route.slots();
  }

  /** The slots that hold nothing for later than the next step. */
  public int passing() {
    return route.passing();
  }

  /** The bytes that a thread of the CPU keeps for a block of paths. */
  public long bytes() {
    return route.bytes();
  }

  /** The slots that what paths carry into the leg goes to, row by row. */
  public int[] carriedFrom() {
    return route.carried(run.leg().from(), route.first());
  }

  /** The slots that what paths carry out of the leg comes from, row by row. */
  public int[] carriedTo() {
    return route.carried(run.leg().to(), route.last());
  }

  /** Where a path stands: the slots of its state and of its functionals. */
  record Place(int state, int[] values) {}

  /** The calls, for tests. */
  List<Call> calls() {
    return route.calls();
  }
}
