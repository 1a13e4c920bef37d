package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.AbstractThrowableAssert;

/** Bytes that are no graph are refused with what was expected, and with nothing but IOException. */
class ExprCodecErrorTest {

  /** The node as written, with no check at all. */
  private record Node(
      String op, String leaf, String name, long literal, int[] shape, int... args) {}

  private static final int[] SCALAR = {0, 1, 1};
  private static final int[] VECTOR = {1, 3, 1};
  private static final Node X = new Node("LEAF", "STATE", "x", 0, SCALAR);
  private static final Node V = new Node("LEAF", "STATE", "v", 0, VECTOR);
  private static final Node K = new Node("LEAF", "WORD", "k", 0, SCALAR);

  private static Node apply(String op, int[] shape, int... args) {
    return new Node(op, "", "", 0, shape, args);
  }

  private static byte[] bytes(int version, int count, List<Node> nodes, int... roots) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(version);
      out.writeInt(count);
      for (Node node : nodes) {
        out.writeUTF(node.op());
        out.writeUTF(node.leaf());
        out.writeUTF(node.name());
        out.writeLong(node.literal());
        for (int extent : node.shape()) {
          out.writeInt(extent);
        }
        writeAll(out, node.args());
      }
      writeAll(out, roots);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeAll(DataOutputStream out, int[] indices) throws IOException {
    out.writeInt(indices.length);
    for (int index : indices) {
      out.writeInt(index);
    }
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(byte[] bytes) {
    return assertThatThrownBy(() -> ExprCodec.decode(bytes)).isInstanceOf(IOException.class);
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(Node... nodes) {
    return assertRefused(bytes(1, nodes.length, List.of(nodes), nodes.length - 1));
  }

  private static byte[] sound() {
    Expr x = Expr.leaf(Leaf.STATE, "x");
    Expr v = Expr.leaf(Leaf.STATE, "v", Shape.vector(3));
    return ExprCodec.encode(List.of(x.exp().times(v).sum(), Expr.concat(List.of(v, x)), x));
  }

  @Example
  void another_version_is_refused() {
    assertRefused(bytes(2, 1, List.of(X), 0)).hasMessage("graph of version 2, expected 1");
  }

  @Example
  void a_graph_cut_short_anywhere_is_refused() {
    byte[] sound = sound();
    for (int length = 0; length < sound.length; length++) {
      assertRefused(Arrays.copyOf(sound, length))
          .hasMessageMatching("the bytes of a graph end or break after \\d+ whole nodes");
    }
  }

  @Example
  void bytes_after_the_graph_are_refused() {
    assertRefused(Arrays.copyOf(sound(), sound().length + 3))
        .hasMessage("3 bytes after the graph, expected none");
  }

  @Example
  void indices_out_of_range_are_refused() {
    assertRefused(X, apply("EXP", SCALAR, 1))
        .hasMessage("node 1 of a graph, expected one of the 1 before");
    assertRefused(X, apply("EXP", SCALAR, -1))
        .hasMessage("node -1 of a graph, expected one of the 1 before");
    assertRefused(bytes(1, 1, List.of(X), 1))
        .hasMessage("node 1 of a graph, expected one of the 1 before");
  }

  @Example
  void negative_counts_are_refused() {
    assertRefused(bytes(1, -1, List.of())).hasMessage("-1 nodes of a graph, expected at least 0");
    byte[] roots = bytes(1, 1, List.of(X));
    Arrays.fill(roots, roots.length - 4, roots.length, (byte) 0xFF);
    assertRefused(roots).hasMessage("-1 roots of a graph, expected at least 0");
  }

  @Example
  void unknown_operations_and_leaves_are_refused() {
    assertRefused(apply("ADDD", SCALAR))
        .hasMessageContaining("node 0")
        .hasMessageContaining("ADDD");
    assertRefused(new Node("LEAF", "PARAMETER", "x", 0, SCALAR)).hasMessageContaining("PARAMETER");
    assertRefused(new Node("LEAF", "", "x", 0, SCALAR)).hasMessageContaining("node 0 of a graph");
  }

  @Example
  void impossible_shapes_are_refused() {
    assertRefused(new Node("LEAF", "STATE", "x", 0, new int[] {3, 1, 1}))
        .hasMessage("node 0 of a graph: shape of rank 3 and extents 1 x 1");
    assertRefused(new Node("LEAF", "STATE", "x", 0, new int[] {1, -3, 1}))
        .hasMessageContaining("extents -3 x 1");
  }

  @Example
  void a_wrong_number_of_arguments_is_refused() {
    assertRefused(X, apply("ADD", SCALAR, 0))
        .hasMessage("node 1 of a graph: + takes 2 arguments, not 1");
    assertRefused(X, apply("LEAF", SCALAR, 0)).hasMessageContaining("takes 0 arguments, not 1");
    assertRefused(X, apply("CONCAT", VECTOR)).hasMessageContaining("concat of nothing");
    assertRefused(X, apply("CONCAT", VECTOR, 0, 0, 0, 0))
        .hasMessageContaining("4 arguments to a vector 3");
  }

  @Example
  void shapes_that_do_not_follow_from_the_arguments_are_refused() {
    assertRefused(V, apply("EXP", SCALAR, 0))
        .hasMessageContaining("exp to a scalar")
        .hasMessageContaining("a vector 3");
    assertRefused(V, apply("SUM", VECTOR, 0)).hasMessageContaining("sum to a vector 3");
    assertRefused(V, apply("CONCAT", VECTOR, 0, 0))
        .hasMessageContaining("6 elements to a vector 3");
    assertRefused(V, apply("TRANSPOSE", VECTOR, 0)).hasMessageContaining("transpose of a vector 3");
    assertRefused(V, apply("RESHAPE", VECTOR, 0)).hasMessageContaining("reshape to a vector 3");
    assertRefused(V, new Node("SLICE", "", "", 3, SCALAR, 0))
        .hasMessageContaining("slice of scalar at 3 from a vector 3");
    assertRefused(V, new Node("SLICE", "", "", 1L << 32, SCALAR, 0))
        .hasMessageContaining("node 1 of a graph: integer overflow");
  }

  @Example
  void integers_and_doubles_do_not_mix() {
    assertRefused(X, apply("FROM_BITS", SCALAR, 0)).hasMessageContaining("takes 64-bit integers");
    assertRefused(K, apply("EXP", SCALAR, 0)).hasMessageContaining("takes doubles");
  }

  @Example
  void names_and_literals_where_none_belong_are_refused() {
    assertRefused(X, new Node("EXP", "", "y", 0, SCALAR, 0)).hasMessageContaining("name 'y'");
    assertRefused(X, new Node("EXP", "STATE", "", 0, SCALAR, 0))
        .hasMessageContaining("leaf 'STATE'")
        .hasMessageContaining("expected leaf ''");
    assertRefused(X, new Node("EXP", "", "", 5, SCALAR, 0))
        .hasMessage("node 1 of a graph: exp with literal 5, expected 0");
    assertRefused(K, new Node("LSHL", "", "", 64, SCALAR, 0))
        .hasMessageContaining("shl by 64 bits, not 0 to 63");
    assertRefused(new Node("LEAF", "STATE", "x", 1, SCALAR)).hasMessageContaining("literal 1");
    assertRefused(new Node("CONST", "", "", 0, VECTOR)).hasMessageContaining("and a scalar");
  }

  @Example
  void a_constant_of_other_nan_bits_is_refused() {
    assertRefused(new Node("CONST", "", "", 0xFFF8000000000001L, SCALAR))
        .hasMessageContaining("expected leaf '', name '', literal 9221120237041090560");
  }

  @Example
  void a_name_too_long_for_the_format_is_refused_on_writing() {
    Expr leaf = Expr.param("x".repeat(65_536));
    assertThatThrownBy(() -> ExprCodec.encode(List.of(leaf)))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Property(tries = 2000)
  void damaged_bytes_give_a_sound_graph_or_an_error_that_says_why(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = sound();
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    List<Expr> read = new ArrayList<>();
    try {
      read.addAll(ExprCodec.decode(bytes));
    } catch (IOException expected) {
      assertThatThrownBy(() -> ExprCodec.decode(bytes)).message().isNotBlank();
      return;
    }
    for (Expr node : Graph.topological(read)) {
      if (!node.args().isEmpty()) {
        List<Expr> args = node.args();
        Expr rebuilt = Graph.apply(node.op(), node.shape(), node.literal(), args);
        assertThat(rebuilt.shape()).isEqualTo(node.shape());
      }
    }
  }
}
