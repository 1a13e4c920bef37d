package io.pathwise.expr;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Graphs as bytes: the nodes in topological order, each once, so that sharing is kept and depth
 * needs no recursion. What is read equals what was written, node by node; nothing is simplified.
 */
public final class ExprCodec {
  private static final int VERSION = 1;

  private ExprCodec() {}

  /** Writes the graph of some roots. */
  public static void write(DataOutput out, List<Expr> roots) throws IOException {
    List<Expr> nodes = Graph.topological(roots);
    Map<Expr, Integer> index = new HashMap<>();
    out.writeInt(VERSION);
    out.writeInt(nodes.size());
    for (Expr node : nodes) {
      index.put(node, index.size());
      out.writeUTF(node.op().name());
      out.writeUTF(node.leaf() == null ? "" : node.leaf().name());
      out.writeUTF(node.name());
      out.writeLong(node.literal());
      out.writeInt(node.shape().rank());
      out.writeInt(node.shape().rows());
      out.writeInt(node.shape().columns());
      out.writeInt(node.args().size());
      for (Expr arg : node.args()) {
        out.writeInt(index.get(arg));
      }
    }
    out.writeInt(roots.size());
    for (Expr root : roots) {
      out.writeInt(index.get(root));
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the bytes are no graph of this version
   */
  public static List<Expr> read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException("graph of version " + version + ", expected " + VERSION);
    }
    int count = in.readInt();
    List<Expr> nodes = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      nodes.add(readNode(in, nodes));
    }
    return readAll(in, nodes);
  }

  private static Expr readNode(DataInput in, List<Expr> nodes) throws IOException {
    try {
      Op op = Op.valueOf(in.readUTF());
      String leaf = in.readUTF();
      String name = in.readUTF();
      long literal = in.readLong();
      Shape shape = new Shape(in.readInt(), in.readInt(), in.readInt());
      List<Expr> args = readAll(in, nodes);
      return op == Op.LEAF
          ? Expr.leaf(Leaf.valueOf(leaf), name, shape)
          : Expr.node(op, shape, literal, args);
    } catch (IllegalArgumentException e) {
      throw new IOException("node " + nodes.size() + " of a graph: " + e.getMessage(), e);
    }
  }

  private static List<Expr> readAll(DataInput in, List<Expr> nodes) throws IOException {
    int count = in.readInt();
    List<Expr> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = in.readInt();
      if (index < 0 || index >= nodes.size()) {
        throw new IOException(
            "node " + index + " of a graph, expected one of the " + nodes.size() + " before");
      }
      read.add(nodes.get(index));
    }
    return read;
  }
}
