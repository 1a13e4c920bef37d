package io.pathwise.expr;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Graphs as bytes: the nodes in topological order, each once, so that sharing is kept and depth
 * needs no recursion. What is read equals what was written, node by node; nothing is simplified.
 *
 * <p>Equal graphs have equal bytes unless they differ in the order of the arguments of a
 * commutative operation. The bytes name operations, so they survive a new order of {@link Op}.
 */
public final class ExprCodec {
  private static final int VERSION = 1;

  private ExprCodec() {}

  /**
   * Writes the graph of some roots.
   *
   * @throws IOException if {@code out} fails, or a name takes more than 65,535 bytes
   */
  public static void write(DataOutput out, List<Expr> roots) throws IOException {
    List<Expr> nodes = Graph.topological(roots);
    Map<Expr, Integer> index = new HashMap<>();
    out.writeInt(VERSION);
    out.writeInt(nodes.size());
    for (Expr node : nodes) {
      index.put(node, index.size());
      out.writeUTF(node.op().name());
      out.writeUTF(leafName(node));
      out.writeUTF(node.name());
      out.writeLong(node.literal());
      out.writeInt(node.shape().rank());
      out.writeInt(node.shape().rows());
      out.writeInt(node.shape().columns());
      writeIndices(out, node.args(), index);
    }
    writeIndices(out, roots, index);
  }

  private static String leafName(Expr node) {
    return node.leaf() == null ? "" : node.leaf().name();
  }

  private static void writeIndices(DataOutput out, List<Expr> nodes, Map<Expr, Integer> index)
      throws IOException {
    out.writeInt(nodes.size());
    for (Expr node : nodes) {
      out.writeInt(index.get(node));
    }
  }

  /** The bytes of the graph of some roots. */
  public static byte[] encode(List<Expr> roots) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes), roots);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @return the roots in their order
   * @throws IOException if the bytes are no graph of this version; the message says what was
   *     expected and at which node
   */
  public static List<Expr> read(DataInput in) throws IOException {
    List<Expr> nodes = new ArrayList<>();
    try {
      int version = in.readInt();
      if (version != VERSION) {
        throw new IOException("graph of version " + version + ", expected " + VERSION);
      }
      int count = count(in, "nodes");
      for (int n = 0; n < count; n++) {
        nodes.add(readNode(in, nodes));
      }
      return readIndices(in, count(in, "roots"), nodes);
    } catch (EOFException | UTFDataFormatException e) {
      throw new IOException(
          "the bytes of a graph end or break after " + nodes.size() + " whole nodes", e);
    }
  }

  /**
   * The roots of what {@link #encode} gave.
   *
   * @throws IOException if the bytes are no graph of this version, or more than one
   */
  public static List<Expr> decode(byte[] bytes) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    List<Expr> roots = read(new DataInputStream(in));
    if (in.available() > 0) {
      throw new IOException(in.available() + " bytes after the graph, expected none");
    }
    return roots;
  }

  private static Expr readNode(DataInput in, List<Expr> nodes) throws IOException {
    try {
      Op op = Op.valueOf(in.readUTF());
      String leaf = in.readUTF();
      String name = in.readUTF();
      long literal = in.readLong();
      Shape shape = new Shape(in.readInt(), in.readInt(), in.readInt());
      int count = count(in, "arguments");
      require(op, count, shape);
      List<Expr> args = readIndices(in, count, nodes);
      Expr node = build(op, leaf, name, literal, shape, args);
      if (!node.name().equals(name)
          || !leafName(node).equals(leaf)
          || node.literal() != literal
          || !node.shape().equals(shape)) {
        throw new IllegalArgumentException(
            op.symbol()
                + " with leaf '"
                + leaf
                + "', name '"
                + name
                + "', literal "
                + literal
                + " and the shape of a "
                + shape
                + ", expected leaf '"
                + leafName(node)
                + "', name '"
                + node.name()
                + "', literal "
                + node.literal()
                + " and a "
                + node.shape());
      }
      return node;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("node " + nodes.size() + " of a graph: " + e.getMessage(), e);
    }
  }

  /** Checks the number of arguments before any is read or looked at. */
  private static void require(Op op, int count, Shape shape) {
    if (op.arity() >= 0 && count != op.arity()) {
      throw new IllegalArgumentException(
          op.symbol() + " takes " + op.arity() + " arguments, not " + count);
    }
    if (count > Math.max(3, shape.size())) {
      throw new IllegalArgumentException(
          op.symbol()
              + " of "
              + count
              + " arguments to a "
              + shape
              + ", expected no more elements");
    }
  }

  private static Expr build(
      Op op, String leaf, String name, long literal, Shape shape, List<Expr> args) {
    return switch (op) {
      case LEAF -> Expr.leaf(Leaf.valueOf(leaf), name, shape);
      case CONST -> Expr.of(Double.longBitsToDouble(literal));
      case LCONST -> Expr.word(literal);
      default -> {
        if (literal != 0 && !hasLiteral(op)) {
          throw new IllegalArgumentException(
              op.symbol() + " with literal " + literal + ", expected 0");
        }
        Expr opaque = Graph.apply(op, shape, literal, opaque(args));
        if (opaque.op() != op || opaque.literal() != literal || !opaque.shape().equals(shape)) {
          throw new IllegalArgumentException(
              op.symbol() + " to a " + shape + ", expected " + opaque + ", a " + opaque.shape());
        }
        yield Expr.node(op, shape, literal, args);
      }
    };
  }

  private static boolean hasLiteral(Op op) {
    return switch (op) {
      case SLICE, LSHL, LSAR, LSHR, LROTL -> true;
      default -> false;
    };
  }

  /**
   * Leaves in place of arguments: what a smart constructor makes of them is checked like any other
   * node but cannot be simplified, so it has the operation, literal and shape of the true node.
   */
  private static List<Expr> opaque(List<Expr> args) {
    List<Expr> leaves = new ArrayList<>();
    for (Expr arg : args) {
      Leaf kind = arg.integral() ? Leaf.PATH : Leaf.LANE;
      leaves.add(Expr.leaf(kind, "argument " + leaves.size(), arg.shape()));
    }
    return leaves;
  }

  private static int count(DataInput in, String what) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      throw new IOException(count + " " + what + " of a graph, expected at least 0");
    }
    return count;
  }

  private static List<Expr> readIndices(DataInput in, int count, List<Expr> nodes)
      throws IOException {
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
