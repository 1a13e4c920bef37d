package io.pathwise.expr;

/**
 * The shape of a value: a scalar (rank 0), a vector of n (rank 1) or a matrix of n x m (rank 2,
 * row-major).
 *
 * @param rank 0, 1 or 2
 * @param rows 1 for a scalar, n for a vector, the number of rows of a matrix
 * @param columns 1 unless the rank is 2
 */
public record Shape(int rank, int rows, int columns) {

  /** One number. */
  public static final Shape SCALAR = new Shape(0, 1, 1);

  /** Checks that the extents are positive, agree with the rank and count below 2^31 elements. */
  public Shape {
    if (rank < 0
        || rank > 2
        || rows < 1
        || columns < 1
        || (rank < 2 && columns != 1)
        || (rank == 0 && rows != 1)
        || (long) rows * columns > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shape of rank " + rank + " and extents " + rows + " x " + columns);
    }
  }

  /** A vector of {@code n} elements. */
  public static Shape vector(int n) {
    return new Shape(1, n, 1);
  }

  /** A matrix of {@code rows} x {@code columns} elements. */
  public static Shape matrix(int rows, int columns) {
    return new Shape(2, rows, columns);
  }

  /** The number of elements. */
  public int size() {
    return rows * columns;
  }

  /** Whether this is a single number. */
  public boolean isScalar() {
    return rank == 0;
  }

  @Override
  public String toString() {
    return switch (rank) {
      case 0 -> "scalar";
      case 1 -> "vector " + rows;
      default -> "matrix " + rows + " x " + columns;
    };
  }
}
