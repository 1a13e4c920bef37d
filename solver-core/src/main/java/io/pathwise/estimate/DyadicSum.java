package io.pathwise.estimate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A sum of vectors, one a shard, kept as nodes of the binary tree over shard numbers: siblings join
 * as soon as both are there. Any split of the shards and any order of merging gives the same tree,
 * hence the same bits, at the cost of at most about 2 log2(shards) nodes.
 *
 * <p>Node (level, index) holds the sum over shards {@code index << level} up to {@code (index + 1)
 * << level}, exclusive.
 */
public final class DyadicSum {
  private static final int LEVELS = 63;

  private final int size;
  private final Map<Node, double[]> nodes = new TreeMap<>();

  /** The sum over no shards of vectors of {@code size} elements. */
  public DyadicSum(int size) {
    this.size = size;
  }

  private record Node(int level, long index) implements Comparable<Node> {
    long first() {
      return index << level;
    }

    @Override
    public int compareTo(Node other) {
      int byFirst = Long.compare(first(), other.first());
      return byFirst != 0 ? byFirst : Integer.compare(level, other.level);
    }
  }

  /**
   * Adds the vector of a shard.
   *
   * @throws IllegalArgumentException if the shard is already in the sum, or the size differs
   */
  public void add(long shard, double[] values) {
    if (values.length != size) {
      throw new IllegalArgumentException(
          "a vector of " + values.length + " elements, expected " + size);
    }
    insert(new Node(0, shard), values.clone());
  }

  /** Adds all shards of another sum. */
  public void merge(DyadicSum other) {
    if (other.size != size) {
      throw new IllegalArgumentException("a sum of " + other.size + " elements, expected " + size);
    }
    other.nodes.forEach((node, values) -> insert(node, values.clone()));
  }

  /**
   * Adds the vectors of another sum over the very same shards, element by element. Exact where one
   * of the two elements is 0.
   *
   * @throws IllegalArgumentException if the shards are others; a sum over no shards takes any
   */
  public void overlay(DyadicSum other) {
    if (nodes.isEmpty()) {
      merge(other);
      return;
    }
    if (other.size != size || !other.nodes.keySet().equals(nodes.keySet())) {
      throw new IllegalArgumentException("a sum over other shards or of another size");
    }
    other.nodes.forEach(
        (node, added) -> {
          double[] values = nodes.get(node);
          for (int i = 0; i < size; i++) {
            values[i] += added[i];
          }
        });
  }

  /** Writes the nodes, to be read by {@link #mergeFrom}. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(nodes.size());
    for (Map.Entry<Node, double[]> entry : nodes.entrySet()) {
      out.writeByte(entry.getKey().level());
      out.writeLong(entry.getKey().index());
      for (double value : entry.getValue()) {
        out.writeDouble(value);
      }
    }
  }

  /** Adds all shards of a sum of vectors of the same size that {@link #write} wrote. */
  public void mergeFrom(DataInput in) throws IOException {
    int count = in.readInt();
    for (int n = 0; n < count; n++) {
      Node node = new Node(in.readByte(), in.readLong());
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        values[i] = in.readDouble();
      }
      insert(node, values);
    }
  }

  private void insert(Node start, double[] startValues) {
    Node node = start;
    double[] values = startValues;
    if (overlaps(node)) {
      throw new IllegalArgumentException("shards from " + node.first() + " are in the sum already");
    }
    while (node.level() < LEVELS) {
      Node sibling = new Node(node.level(), node.index() ^ 1);
      double[] other = nodes.remove(sibling);
      if (other == null) {
        break;
      }
      double[] left = (node.index() & 1) == 0 ? values : other;
      double[] right = left == values ? other : values;
      for (int i = 0; i < size; i++) {
        left[i] += right[i];
      }
      values = left;
      node = new Node(node.level() + 1, node.index() >> 1);
    }
    nodes.put(node, values);
  }

  private boolean overlaps(Node added) {
    long first = added.first();
    long last = first + (1L << added.level());
    for (Node node : nodes.keySet()) {
      long nodeLast = node.first() + (1L << node.level());
      if (first < nodeLast && node.first() < last) {
        return true;
      }
    }
    return false;
  }

  /** The number of shards in the sum. */
  public long shards() {
    return nodes.keySet().stream().mapToLong(node -> 1L << node.level()).sum();
  }

  /** The number of nodes held. */
  public int nodes() {
    return nodes.size();
  }

  /** The total: the nodes from the lowest shard numbers to the highest, added in that order. */
  public double[] total() {
    double[] total = new double[size];
    boolean first = true;
    for (double[] values : nodes.values()) {
      if (first) {
        total = Arrays.copyOf(values, size);
        first = false;
      } else {
        for (int i = 0; i < size; i++) {
          total[i] += values[i];
        }
      }
    }
    return total;
  }
}
