package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Recurrence;
import io.pathwise.kernel.Schedule;
import java.util.List;

/**
 * Where a path keeps what it brings along and what recurrences make of it: slot after slot, input
 * by input, date by date. The first {@link #rows} slots are the rows of the {@link PathData}; each
 * recurrence has a vector more than dates, which is 0.
 */
public final class InputLayout {
  private final PathProgram program;
  private final Schedule schedule;
  private final int[] size;
  private final int[] offset;
  private final int base;
  private final int rows;
  private final int slots;
  private final int[][] at;
  private final int[][] adjointsAt;

  /**
   * The layout of a run.
   *
   * @param base the first slot
   */
  InputLayout(PathRun run, int base) {
    this.base = base;
    this.program = run.program();
    this.schedule = run.schedule();
    int inputs = program.inputs().size();
    List<Recurrence> recurrences = program.recurrences();
    this.size = new int[inputs + recurrences.size()];
    this.offset = new int[size.length];
    int next = 0;
    int brought = 0;
    for (int s = 0; s < size.length; s++) {
      size[s] =
          s < inputs ? program.inputs().get(s).shape().size() : recurrences.get(s - inputs).size();
      offset[s] = next;
      next += size[s] * (schedule.series().get(s).entries() + (s < inputs ? 0 : 1));
      brought = s < inputs ? next : brought;
    }
    this.rows = brought;
    this.slots = next;
    this.at = new int[schedule.steps() + 1][];
    this.adjointsAt = new int[schedule.steps() + 1][];
    for (int k = 0; k < at.length; k++) {
      int index = k;
      at[k] = slots(0, s -> schedule.series().get(s).at()[index]);
      adjointsAt[k] = slots(inputs, s -> schedule.series().get(s).at()[index]);
      for (int i = 0; i < adjointsAt[k].length; i++) {
        adjointsAt[k][i] -= base + rows;
      }
    }
  }

  /** The first slot. */
  public int base() {
    return base;
  }

  /** The numbers that a path brings along. */
  public int rows() {
    return rows;
  }

  /** All slots. */
  public int slots() {
    return slots;
  }

  /** The slots of the values of recurrences, which have adjoints. */
  public int adjoints() {
    return slots - rows;
  }

  /** The scalar leaves that a program may read, in the order of {@link #at}. */
  public List<Expr> leaves() {
    return program.inputLeaves();
  }

  /** The slots of all leaves at a grid index; not to be changed. */
  public int[] at(int k) {
    return at[k];
  }

  /** The slots of what the recurrences' step reads at a date: those of what paths bring along. */
  public int[] ofEntry(int entry) {
    int inputs = program.inputs().size();
    return slots(0, s -> s < inputs && schedule.series().get(s).entries() > 1 ? entry : 0);
  }

  /** The adjoints of all recurrences' values at a grid index, among all adjoints. */
  public int[] adjointsAt(int k) {
    return adjointsAt[k];
  }

  /** The slot of the value of recurrence r at a date. */
  public int value(int r, int entry) {
    int s = program.inputs().size() + r;
    return base + offset[s] + entry * size[s];
  }

  /** The adjoint of the value of recurrence r at a date, among all adjoints. */
  public int adjoint(int r, int entry) {
    return value(r, entry) - base - rows;
  }

  /** The number of dates of recurrence r. */
  public int entries(int r) {
    return schedule.series().get(program.inputs().size() + r).entries();
  }

  private interface Entry {
    int of(int series);
  }

  private int[] slots(int first, Entry entry) {
    int count = 0;
    for (int s = first; s < size.length; s++) {
      count += size[s];
    }
    int[] slots = new int[count];
    int next = 0;
    for (int s = first; s < size.length; s++) {
      for (int j = 0; j < size[s]; j++) {
        slots[next++] = base + offset[s] + entry.of(s) * size[s] + j;
      }
    }
    return slots;
  }
}
