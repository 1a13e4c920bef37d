package io.pathwise.gpu;

import io.pathwise.solve.Carry;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.Shard;
import java.util.Arrays;
import java.util.Optional;

/** Passes on what paths carry and keeps the first shard's, to hold a second computation against. */
final class CarriedRows implements Carry {
  private final Carry carry;
  private double[][] start;
  private double[][] first;
  private double[][] second;

  CarriedRows(Carry carry) {
    this.carry = carry;
  }

  /** A path's value of a row in the first and in the second computation. */
  record Difference(int row, int path, double first, double second) {
    String what(PathRun run) {
      int states = run.program().states();
      return row < states
          ? "state " + run.program().stateNames().get(row) + " of a path"
          : "a functional of a path";
    }
  }

  @Override
  public double[][] start(Shard shard) {
    double[][] rows = carry.start(shard);
    start = start == null ? copy(rows, shard.size()) : start;
    return rows;
  }

  @Override
  public void end(Shard shard, double[][] rows) {
    first = first == null ? copy(rows, shard.size()) : first;
    carry.end(shard, rows);
  }

  /** For the second computation of the first shard. */
  Carry again() {
    return new Carry() {
      @Override
      public double[][] start(Shard shard) {
        return start;
      }

      @Override
      public void end(Shard shard, double[][] rows) {
        second = copy(rows, shard.size());
      }
    };
  }

  private static double[][] copy(double[][] rows, int size) {
    return Arrays.stream(rows).map(row -> Arrays.copyOf(row, size)).toArray(double[][]::new);
  }

  /** The first value that the two computations do not share. */
  Optional<Difference> difference() {
    for (int row = 0; first != null && row < first.length; row++) {
      for (int i = 0; i < first[row].length; i++) {
        double a = first[row][i];
        double b = second[row][i];
        if (Double.doubleToRawLongBits(a) != Double.doubleToRawLongBits(b)) {
          return Optional.of(new Difference(row, i, a, b));
        }
      }
    }
    return Optional.empty();
  }
}
