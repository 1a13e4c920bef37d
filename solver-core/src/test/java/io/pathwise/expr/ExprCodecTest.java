package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Precision;
import io.pathwise.model.Catalogue;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Tracer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is read equals what was written, node by node. */
class ExprCodecTest {
  private static final Expr X = Expr.leaf(Leaf.STATE, "x");
  private static final Expr P = Expr.param("p");
  private static final Expr K = Expr.leaf(Leaf.WORD, "k");
  private static final Expr V = Expr.leaf(Leaf.STATE, "v", Shape.vector(3));
  private static final Expr W = Expr.leaf(Leaf.NOISE, "w", Shape.vector(3));
  private static final Expr M = Expr.leaf(Leaf.PARAM, "m", Shape.matrix(3, 3));
  private static final List<Op> OPERATIONS = List.of(Op.values());
  private static final Set<Op> SHIFTS = EnumSet.of(Op.LSHL, Op.LSAR, Op.LSHR, Op.LROTL);

  private static List<Expr> copy(List<Expr> roots) {
    try {
      return ExprCodec.decode(ExprCodec.encode(roots));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Every node has its counterpart: content, kind, shape, uniformity, literal bits, arguments. */
  private static void assertRoundTrip(List<Expr> roots) {
    List<Expr> copies = copy(roots);
    assertThat(copies).hasSameSizeAs(roots);
    assertThat(Graph.digest(copies)).isEqualTo(Graph.digest(roots));
    List<Expr> expected = Graph.topological(roots);
    List<Expr> actual = Graph.topological(copies);
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      Expr before = expected.get(i);
      Expr after = actual.get(i);
      assertThat(after.digest()).isEqualTo(before.digest());
      assertThat(after.op()).isEqualTo(before.op());
      assertThat(after.leaf()).isEqualTo(before.leaf());
      assertThat(after.name()).isEqualTo(before.name());
      assertThat(after.literal()).isEqualTo(before.literal());
      assertThat(after.shape()).isEqualTo(before.shape());
      assertThat(after.varying()).isEqualTo(before.varying());
      assertThat(after.integral()).isEqualTo(before.integral());
      assertThat(after.args()).isEqualTo(before.args());
    }
  }

  private static void assertRoundTrip(Expr... roots) {
    assertRoundTrip(List.of(roots));
  }

  /** One node of every operation, whose arguments are leaves. */
  private static Expr node(Op op) {
    return switch (op) {
      case CONST -> Expr.of(0.1);
      case LCONST -> Expr.word(-7);
      case LEAF -> X;
      case SLICE -> V.slice(1, Shape.vector(2));
      case CONCAT -> Expr.concat(List.of(V, X, M));
      case RESHAPE -> M.reshape(Shape.vector(9));
      case SUM -> V.sum();
      case DOT -> V.dot(W);
      case MATVEC -> M.matVec(V);
      case TRANSPOSE -> M.transpose();
      case OUTER -> V.outer(W);
      case SUM_OVER_PATHS -> V.sumOverPaths();
      case LSHL, LSAR, LSHR, LROTL -> Expr.shift(op, K, 13);
      case FROM_BITS -> Expr.apply(op, K);
      default -> {
        boolean ofWords = op.integral() && op != Op.BITS;
        List<Expr> args =
            ofWords ? List.of(K, Expr.leaf(Leaf.PATH, "n")) : List.of(X.square(), V, P.exp());
        yield Expr.apply(op, args.subList(0, op.arity()).toArray(Expr[]::new));
      }
    };
  }

  @Example
  void every_operation_survives() {
    List<Expr> all = new ArrayList<>();
    for (Op op : Op.values()) {
      assertThat(node(op).op()).isEqualTo(op);
      assertRoundTrip(node(op));
      all.add(node(op));
    }
    assertRoundTrip(all);
  }

  @Example
  void every_kind_of_leaf_survives_in_every_shape_and_under_every_name() {
    for (Leaf kind : Leaf.values()) {
      for (Shape shape : List.of(Shape.SCALAR, Shape.vector(1), Shape.matrix(1, 1))) {
        for (String name :
            List.of("", "x", "y[1]", "größe", "two words", "\u0000\uD83D\uDE00\uD800")) {
          assertRoundTrip(Expr.leaf(kind, name, shape));
        }
      }
    }
  }

  @Example
  void every_builder_of_a_structure_survives() {
    assertRoundTrip(
        Expr.vector(1, -0.0, Double.NaN),
        Expr.matrix(List.of(V, W)),
        Structure.fill(P, Shape.matrix(2, 2)),
        Structure.embed(X, 2, Shape.vector(5)),
        V.plus(0),
        V.times(0),
        V.pow(0),
        M.get(2, 1),
        V.get(0).plus(V.get(2)),
        X.above(P).select(V, W),
        X.fma(P, V),
        X.pow(2.5),
        X.pow(7),
        V.exp().times(X).sumOverPaths().times(X));
  }

  @Property(tries = 2000)
  void every_constant_keeps_its_bits(@ForAll long bits) {
    assertRoundTrip(Expr.of(Double.longBitsToDouble(bits)), Expr.word(bits));
  }

  @Example
  void constants_of_note_keep_their_bits() {
    assertRoundTrip(Expr.of(0.0), Expr.of(-0.0));
    assertThat(copy(List.of(Expr.of(-0.0))).get(0).literal()).isEqualTo(Long.MIN_VALUE);
    assertRoundTrip(Expr.of(Double.NaN), Expr.of(Double.MIN_VALUE), Expr.of(-Double.MAX_VALUE));
    assertRoundTrip(Expr.of(Double.POSITIVE_INFINITY), Expr.of(Double.NEGATIVE_INFINITY));
    assertRoundTrip(Expr.word(Long.MIN_VALUE), Expr.word(Long.MAX_VALUE), Expr.word(0));
  }

  /** Nodes that the smart constructors would not build today come back as they are. */
  @Example
  void nothing_is_simplified() {
    Expr folded = Expr.node(Op.ADD, Shape.SCALAR, 0, List.of(Expr.of(2), Expr.of(3)));
    Expr times = Expr.node(Op.MUL, Shape.SCALAR, 0, List.of(X, Expr.ZERO));
    Expr twice = Expr.node(Op.NEG, Shape.SCALAR, 0, List.of(X.neg()));
    Expr nested = Expr.node(Op.SLICE, Shape.SCALAR, 1, List.of(V.slice(1, Shape.vector(2))));
    assertRoundTrip(folded, times, twice, nested);
    assertThat(copy(List.of(folded)).get(0).op()).isEqualTo(Op.ADD);
  }

  @Example
  void roots_keep_their_order_and_their_number() {
    assertRoundTrip();
    assertRoundTrip(X, P, X, X.plus(P), P);
    assertThat(copy(List.of(P, X, P))).containsExactly(P, X, P);
  }

  @Example
  void sharing_is_kept() {
    Expr doubled = X;
    for (int i = 0; i < 60; i++) {
      doubled = doubled.exp().plus(doubled.abs());
    }
    List<Expr> copies = copy(List.of(doubled, doubled.exp()));
    assertThat(Graph.topological(copies)).hasSize(3 * 60 + 2);
    assertThat(copies.get(1).arg(0)).isSameAs(copies.get(0));
    Expr exponential = copies.get(0).arg(0);
    Expr absolute = copies.get(0).arg(1);
    assertThat(exponential.arg(0)).isSameAs(absolute.arg(0));
  }

  @Example
  void equal_graphs_have_equal_bytes_and_copies_the_bytes_of_their_originals() {
    byte[] bytes = ExprCodec.encode(List.of(X.exp().plus(P), V.dot(W)));
    assertThat(ExprCodec.encode(List.of(X.exp().plus(P), V.dot(W)))).isEqualTo(bytes);
    assertThat(ExprCodec.encode(copy(List.of(X.exp().plus(P), V.dot(W))))).isEqualTo(bytes);
  }

  @Example
  void a_chain_of_a_hundred_thousand_nodes_needs_no_stack() {
    Expr chain = X;
    for (int i = 0; i < 50_000; i++) {
      chain = chain.times(P).plus(X);
    }
    List<Expr> copies = copy(List.of(chain));
    assertThat(copies.get(0).digest()).isEqualTo(chain.digest());
    assertThat(Graph.topological(copies)).hasSize(100_002);
  }

  @Example
  void the_step_of_every_model_under_every_scheme_survives_with_its_gradient_and_lowered() {
    int traced = 0;
    for (var model : Catalogue.all()) {
      Sde sde = model.sde(Set.of());
      for (var scheme : Schemes.all()) {
        PathProgram program;
        try {
          program = Tracer.trace(sde, scheme, Precision.DOUBLE, List.of(), 1, List.of(), List.of());
        } catch (IllegalArgumentException unsupported) {
          continue;
        }
        traced++;
        List<Expr> roots = new ArrayList<>(program.initial());
        roots.addAll(program.step());
        assertRoundTrip(roots);
        Expr total = program.step().get(0).plus(program.step().get(program.step().size() - 1));
        List<Expr> gradient =
            Reverse.gradient(
                total,
                Graph.leaves(program.step()).stream().filter(e -> e.leaf() == Leaf.PARAM).toList());
        assertRoundTrip(gradient);
        List<Expr> lowered = Lower.lower(gradient);
        assertRoundTrip(lowered);
      }
    }
    assertThat(traced).isGreaterThanOrEqualTo(3);
  }

  @Example
  void several_graphs_follow_each_other_in_a_stream() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    ExprCodec.write(out, List.of(X));
    ExprCodec.write(out, List.of(V.sum(), P));
    out.writeInt(42);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(ExprCodec.read(in)).containsExactly(X);
    assertThat(ExprCodec.read(in)).containsExactly(V.sum(), P);
    assertThat(in.readInt()).isEqualTo(42);
  }

  @Property(tries = 500)
  void random_graphs_survive(@ForAll long seed) {
    Random random = new Random(seed);
    List<Expr> pool = new ArrayList<>(List.of(X, P, V, W, M, K, Expr.leaf(Leaf.PATH, "n")));
    pool.addAll(List.of(Expr.of(random.nextGaussian()), Expr.ZERO, Expr.of(-0.0), Expr.word(seed)));
    int operations = 1 + random.nextInt(40);
    for (int i = 0; i < operations; i++) {
      pool.add(grow(random, pool));
    }
    List<Expr> roots = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      roots.add(pool.get(pool.size() - 1 - random.nextInt(Math.min(8, pool.size()))));
    }
    assertRoundTrip(roots);
  }

  /** A random operation on random members of the pool that fit it; the last one if none fits. */
  private static Expr grow(Random random, List<Expr> pool) {
    for (int attempt = 0; attempt < 50; attempt++) {
      Op op = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
      int count = op.arity() < 0 ? 1 + random.nextInt(4) : op.arity();
      List<Expr> args = new ArrayList<>();
      for (int a = 0; a < count; a++) {
        args.add(pool.get(random.nextInt(pool.size())));
      }
      try {
        return apply(random, op, args);
      } catch (IllegalArgumentException unfit) {
        // Another operation is tried.
      }
    }
    return pool.get(pool.size() - 1);
  }

  private static Expr apply(Random random, Op op, List<Expr> args) {
    return switch (op) {
      case CONST -> Expr.of(Double.longBitsToDouble(random.nextLong()));
      case LCONST -> Expr.word(random.nextLong());
      case LEAF -> Expr.leaf(Leaf.LANE, "a" + random.nextInt(3));
      case CONCAT -> Expr.concat(args);
      case SLICE -> args.get(0).slice(random.nextInt(3), Shape.vector(1 + random.nextInt(2)));
      case RESHAPE -> args.get(0).reshape(Shape.matrix(1, args.get(0).shape().size()));
      default ->
          Graph.apply(op, args.get(0).shape(), SHIFTS.contains(op) ? random.nextInt(64) : 0, args);
    };
  }
}
