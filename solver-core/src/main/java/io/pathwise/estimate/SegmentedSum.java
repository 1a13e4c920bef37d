package io.pathwise.estimate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The sums of a run's shards and their numbers of paths, kept by segment. Any split of the shards
 * and any order of merging gives the same bits.
 */
public final class SegmentedSum {
  private final Segments segments;
  private final DyadicSum[] sums;
  private final long[] paths;
  private final int size;

  /** The sum over no shards of vectors of {@code size} elements. */
  public SegmentedSum(Segments segments, int size) {
    this.segments = segments;
    this.size = size;
    this.sums = new DyadicSum[segments.count()];
    for (int s = 0; s < sums.length; s++) {
      sums[s] = new DyadicSum(size);
    }
    this.paths = new long[sums.length];
  }

  /** Adds the vector of a shard, the sum over some of its paths. */
  public void add(long shard, int pathsOfShard, double[] values) {
    int s = segments.segment(shard);
    sums[s].add(shard, values);
    paths[s] += pathsOfShard;
  }

  /** Adds all shards of another sum. */
  public void merge(SegmentedSum other) {
    for (int s = 0; s < sums.length; s++) {
      sums[s].merge(other.sums[s]);
      paths[s] += other.paths[s];
    }
  }

  /**
   * Adds the vectors of another sum over the very same shards and paths, element by element.
   *
   * @throws IllegalArgumentException if the shards or the numbers of paths are others
   */
  public void overlay(SegmentedSum other) {
    for (int s = 0; s < sums.length; s++) {
      if (sums[s].nodes() > 0 && paths[s] != other.paths[s]) {
        throw new IllegalArgumentException(
            other.paths[s] + " paths, expected the same " + paths[s]);
      }
      sums[s].overlay(other.sums[s]);
      paths[s] = other.paths[s];
    }
  }

  /** The number of segments. */
  public int segments() {
    return sums.length;
  }

  /** The number of paths in the segments up to {@code last}, inclusive. */
  public long paths(int last) {
    long count = 0;
    for (int s = 0; s <= last; s++) {
      count += paths[s];
    }
    return count;
  }

  /** The number of paths in one segment. */
  public long pathsOf(int segment) {
    return paths[segment];
  }

  /** The total over one segment. */
  public double[] totalOf(int segment) {
    return sums[segment].total();
  }

  /** The total over the segments up to {@code last}, inclusive, added in their order. */
  public double[] total(int last) {
    double[] total = sums[0].total();
    for (int s = 1; s <= last; s++) {
      double[] values = sums[s].total();
      for (int i = 0; i < size; i++) {
        total[i] += values[i];
      }
    }
    return total;
  }

  /** The number of paths of the run. */
  public long paths() {
    return paths(sums.length - 1);
  }

  /** The total of the run. */
  public double[] total() {
    return total(sums.length - 1);
  }

  /** Writes the state, to be read by {@link #mergeFrom}. */
  public void write(DataOutput out) throws IOException {
    for (int s = 0; s < sums.length; s++) {
      out.writeLong(paths[s]);
      sums[s].write(out);
    }
  }

  /** Adds what {@link #write} wrote of a sum of the same segments and size. */
  public void mergeFrom(DataInput in) throws IOException {
    for (int s = 0; s < sums.length; s++) {
      paths[s] += in.readLong();
      sums[s].mergeFrom(in);
    }
  }
}
