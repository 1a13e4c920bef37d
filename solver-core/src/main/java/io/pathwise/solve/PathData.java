package io.pathwise.solve;

/** The numbers that paths bring along: for each path, the rows of a {@link InputLayout}. */
@FunctionalInterface
public interface PathData {

  /** Nothing. */
  PathData NONE =
      (path, row) -> {
        throw new IllegalStateException("path " + path + " brings nothing along");
      };

  /** A number; a function of the path's number alone, whichever machine or shard asks. */
  double value(long path, int row);
}
