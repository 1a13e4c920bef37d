package io.pathwise.spark.source;

import java.io.Serializable;

/**
 * Paths by number.
 *
 * @param first the first one
 * @param last the last one, inclusive; below the first where there is none
 */
record PathRange(long first, long last) implements Serializable {
  long size() {
    return Math.max(0, last - first + 1);
  }

  PathRange atLeast(long bound) {
    return new PathRange(Math.max(first, bound), last);
  }

  PathRange atMost(long bound) {
    return new PathRange(first, Math.min(last, bound));
  }
}
