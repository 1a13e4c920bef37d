package io.pathwise.spark.run;

import io.pathwise.estimate.SegmentedSum;
import io.pathwise.estimate.Segments;
import io.pathwise.solve.NonFinitePathException;
import io.pathwise.solve.ShardResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * The sums of some shards, or the first of their paths that is not finite. Any split and any order
 * of merging gives the same bits, and the same path.
 *
 * <p>Not thread-safe.
 */
final class Delivered implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] segmentEnds;
  private final int size;
  private byte[] bytes;
  private long badPath = -1;
  private String problem;
  private transient SegmentedSum sums;

  /** Nothing yet, of vectors of {@code size} sums. */
  Delivered(Segments segments, int size) {
    this.segmentEnds = segments.ends();
    this.size = size;
  }

  private SegmentedSum live() {
    if (sums == null) {
      sums = new SegmentedSum(new Segments(segmentEnds), size);
      if (bytes != null) {
        mergeBytes(bytes);
        bytes = null;
      }
    }
    return sums;
  }

  private void mergeBytes(byte[] others) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(others))) {
      sums.mergeFrom(in);
    } catch (IOException e) {
      throw new UncheckedIOException("not the bytes of sums", e);
    }
  }

  void add(ShardResult shard) {
    live().add(shard.shard().number(), shard.paths(), shard.sums());
  }

  void fail(NonFinitePathException e) {
    fail(e.path(), e.getMessage());
  }

  /** Takes over why other shards failed, if they did. */
  void failAs(Delivered other) {
    if (other.problem != null) {
      fail(other.badPath, other.problem);
    }
  }

  private void fail(long path, String message) {
    if (problem == null || path < badPath) {
      badPath = path;
      problem = message;
    }
  }

  /** Adds other shards; those may be used up by it. */
  Delivered merge(Delivered other) {
    failAs(other);
    if (sums == null && bytes == null) {
      sums = other.sums;
      bytes = other.bytes;
    } else if (other.bytes != null) {
      live();
      mergeBytes(other.bytes);
    } else if (other.sums != null) {
      live().merge(other.sums);
    }
    return this;
  }

  /**
   * The sums.
   *
   * @throws NonFinitePathException if a path is not finite
   */
  SegmentedSum sums() {
    if (problem != null) {
      throw new NonFinitePathException(badPath, problem);
    }
    return live();
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    if (sums != null) {
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      try (DataOutputStream data = new DataOutputStream(written)) {
        sums.write(data);
      }
      bytes = written.toByteArray();
      sums = null;
    }
    out.defaultWriteObject();
  }
}
