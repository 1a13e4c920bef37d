package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.Recurrence;
import java.util.List;

/**
 * A vector that every path brings along, such as observations: one for the whole path, or one a
 * date. Entry i of a series holds after date i - 1 and up to date i, the last one after it too; a
 * step reads what holds at its end, an event or output what holds at its time, initial values what
 * holds at time 0.
 *
 * @param name names it
 * @param size the elements of the vector
 * @param dates years, at least 0 and increasing; they are steps too. Empty for one vector a path
 * @param values the numbers
 */
public record PathInput(String name, int size, List<Double> dates, Values values) {

  /** Where the numbers come from. */
  @FunctionalInterface
  public interface Values {
    /**
     * A number that is finite. It must depend on the arguments alone: several threads ask, for some
     * paths more than once.
     *
     * @param path the number of the path in the run
     * @param entry the number of the date, 0 where there is one vector a path
     * @param element the element of the vector
     */
    double value(long path, int entry, int element);
  }

  /** Copies the dates and checks them. */
  public PathInput {
    dates = List.copyOf(dates);
    if (size < 1) {
      throw new IllegalArgumentException(name + ": " + size + " elements, expected at least 1");
    }
    double before = -1;
    for (double date : dates) {
      if (!(date >= 0) || !(date > before) || Double.isInfinite(date)) {
        throw new IllegalArgumentException(
            name + ": date " + date + ", expected years of at least 0, increasing");
      }
      before = date;
    }
  }

  /** One vector a path. */
  public static PathInput ofPaths(String name, int size, Values values) {
    return new PathInput(name, size, List.of(), values);
  }

  /**
   * One vector a path out of an array: row p is that of path p.
   *
   * @throws IllegalArgumentException if rows differ in length, or there is none
   */
  public static PathInput ofPaths(String name, double[][] rows) {
    return ofArray(name, List.of(), rows);
  }

  /**
   * A series out of an array: row p is that of path p, date after date.
   *
   * @throws IllegalArgumentException if rows differ in length, or their length is no multiple of
   *     the number of dates
   */
  public static PathInput ofSeries(String name, List<Double> dates, double[][] rows) {
    return ofArray(name, dates, rows);
  }

  private static PathInput ofArray(String name, List<Double> dates, double[][] rows) {
    int entries = Math.max(1, dates.size());
    int length = rows.length == 0 ? 0 : rows[0].length;
    double[][] copy = new double[rows.length][];
    for (int p = 0; p < rows.length; p++) {
      if (rows[p].length != length || length % entries != 0) {
        throw new IllegalArgumentException(
            name
                + ": row "
                + p
                + " has "
                + rows[p].length
                + " numbers, expected as many in all rows, and as many for each of "
                + entries
                + " dates");
      }
      copy[p] = rows[p].clone();
    }
    int size = length / entries;
    return new PathInput(
        name,
        size,
        dates,
        (path, entry, element) -> {
          if (path >= copy.length) {
            throw new IllegalArgumentException(
                name + " has " + copy.length + " rows, path " + path + " asks for one more");
          }
          return copy[(int) path][entry * size + element];
        });
  }

  /** The vector in a graph: what a drift, a diffusion, an initial value or a claim reads. */
  public Expr leaf() {
    return Recurrence.input(name, size);
  }

  /** How many vectors a path has. */
  int entries() {
    return Math.max(1, dates.size());
  }
}
