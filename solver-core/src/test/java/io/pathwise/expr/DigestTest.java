package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Content addressing: equal content, equal digest, in every run of every JVM. */
class DigestTest {

  private static Expr heston() {
    Expr v = Expr.leaf(Leaf.STATE, "v");
    Expr vp = v.max(0);
    Expr dt = Expr.leaf(Leaf.STEP, "dt");
    Expr drift = Expr.param("kappa").times(Expr.param("theta").minus(vp)).times(dt);
    Expr noise = Expr.param("xi").times(vp.times(dt).sqrt()).times(Expr.leaf(Leaf.NOISE, "z0"));
    return v.plus(drift).plus(noise);
  }

  private static Expr network() {
    Expr weights = Expr.leaf(Leaf.PARAM, "w", Shape.matrix(2, 3));
    Expr y = Expr.leaf(Leaf.STATE, "y", Shape.vector(3));
    return Expr.apply(Op.TANH, weights.matVec(y).plus(Expr.vector(0.5, -1)))
        .dot(y.slice(1, Shape.vector(2)));
  }

  @Test
  void equal_content_has_an_equal_digest() {
    assertThat(heston()).isEqualTo(heston()).isNotSameAs(heston());
    assertThat(heston().digest()).isEqualTo(heston().digest()).matches("[0-9a-f]{32}");
    assertThat(heston()).hasSameHashCodeAs(heston());
    assertThat(heston()).isNotEqualTo(network()).isNotEqualTo("heston");
  }

  @Test
  void digests_are_the_same_in_every_run() {
    assertThat(heston().digest()).isEqualTo("079f5eee0909a62ffb07886356f901d8");
    assertThat(network().digest()).isEqualTo("b05223b575397dcec814416bf40ada53");
    assertThat(Graph.digest(List.of(heston(), network())))
        .isEqualTo("d6a3094900c44f86cb116780ff6d3fd6");
  }

  @Test
  void the_order_of_outputs_counts() {
    assertThat(Graph.digest(List.of(heston(), network())))
        .isNotEqualTo(Graph.digest(List.of(network(), heston())));
  }

  @Test
  void commutative_operations_do_not_mind_the_order_of_their_first_two_arguments() {
    Expr x = Expr.leaf(Leaf.STATE, "x");
    Expr y = Expr.leaf(Leaf.STATE, "y");
    Expr z = Expr.leaf(Leaf.STATE, "z");
    for (Op op : List.of(Op.ADD, Op.MUL, Op.MIN, Op.MAX)) {
      assertThat(Expr.apply(op, x, y)).isEqualTo(Expr.apply(op, y, x));
    }
    assertThat(x.fma(y, z)).isEqualTo(y.fma(x, z)).isNotEqualTo(x.fma(z, y));
    for (Op op : List.of(Op.SUB, Op.DIV, Op.POW)) {
      assertThat(Expr.apply(op, x, y)).isNotEqualTo(Expr.apply(op, y, x));
    }
    Expr k = Expr.leaf(Leaf.WORD, "k");
    Expr n = Expr.leaf(Leaf.PATH, "n");
    for (Op op : List.of(Op.LADD, Op.LAND, Op.LOR, Op.LXOR)) {
      assertThat(Expr.apply(op, k, n)).isEqualTo(Expr.apply(op, n, k));
    }
    assertThat(Expr.apply(Op.LSUB, k, n)).isNotEqualTo(Expr.apply(Op.LSUB, n, k));
  }

  @Test
  void everything_that_makes_a_node_counts() {
    Expr y = Expr.leaf(Leaf.STATE, "y", Shape.vector(4));
    Expr k = Expr.leaf(Leaf.WORD, "k");
    List<Expr> different =
        List.of(
            Expr.leaf(Leaf.STATE, "y"),
            Expr.leaf(Leaf.NOISE, "y"),
            Expr.leaf(Leaf.STATE, "x"),
            y,
            Expr.leaf(Leaf.STATE, "y", Shape.matrix(2, 2)),
            Expr.leaf(Leaf.STATE, "y", Shape.vector(1)),
            Expr.of(0.0),
            Expr.of(-0.0),
            Expr.word(0),
            Expr.of(1),
            Expr.of(Math.nextUp(1)),
            Expr.of(Double.NaN),
            y.get(0),
            y.get(1),
            y.slice(1, Shape.vector(2)),
            y.slice(2, Shape.vector(2)),
            y.reshape(Shape.matrix(2, 2)),
            y.reshape(Shape.matrix(4, 1)),
            y.exp(),
            y.log(),
            Expr.shift(Op.LSHL, k, 1),
            Expr.shift(Op.LSHL, k, 2),
            Expr.shift(Op.LROTL, k, 2),
            Expr.concat(List.of(y, y.get(0))),
            Expr.concat(List.of(y.get(0), y)));
    Set<String> digests = new HashSet<>();
    different.forEach(e -> digests.add(e.digest()));
    assertThat(digests).hasSameSizeAs(different);
  }

  @Test
  void all_nan_are_one_constant() {
    double other = Double.longBitsToDouble(0xFFF8000000000001L);
    assertThat(Expr.of(other)).isEqualTo(Expr.of(Double.NaN));
  }
}
