package io.pathwise.expr;

import java.util.Arrays;
import java.util.List;

/**
 * A node of a symbolic graph: an operation, its arguments, its shape, and whether its value is the
 * same for all paths.
 *
 * <p>Immutable and content-addressed: a node carries a 128-bit hash of its whole subgraph, two
 * nodes with the same content are equal, and every transform merges equal nodes. The hash depends
 * on nothing but the content, so it also names compiled kernels.
 *
 * <p>Constructors simplify: constants fold, {@code x + 0}, {@code x * 1}, {@code x * 0} and their
 * kin vanish.
 */
public final class Expr {

  /** The constant 0. */
  public static final Expr ZERO = of(0.0);

  /** The constant 1. */
  public static final Expr ONE = of(1.0);

  private final Op op;
  private final Leaf leaf;
  private final String name;
  private final long literal;
  private final Shape shape;
  private final boolean varying;
  private final List<Expr> args;
  private final long hashHigh;
  private final long hashLow;

  private Expr(
      Op op, Leaf leaf, String name, long literal, Shape shape, boolean varying, List<Expr> args) {
    this.op = op;
    this.leaf = leaf;
    this.name = name;
    this.literal = literal;
    this.shape = shape;
    this.varying = varying;
    this.args = args;
    Digest digest = Digest.of(op, leaf, name, literal, shape, args);
    this.hashHigh = digest.high();
    this.hashLow = digest.low();
  }

  /** A constant. All NaN are the same constant; 0 and -0 are two. */
  public static Expr of(double value) {
    return new Expr(
        Op.CONST, null, "", Double.doubleToLongBits(value), Shape.SCALAR, false, List.of());
  }

  /** A 64-bit integer constant. */
  public static Expr word(long value) {
    return new Expr(Op.LCONST, null, "", value, Shape.SCALAR, false, List.of());
  }

  /** A vector of constants. */
  public static Expr vector(double... values) {
    return concat(Arrays.stream(values).mapToObj(Expr::of).toList());
  }

  /** A scalar leaf. */
  public static Expr leaf(Leaf kind, String name) {
    return leaf(kind, name, Shape.SCALAR);
  }

  /** A leaf of any shape. */
  public static Expr leaf(Leaf kind, String name, Shape shape) {
    return new Expr(Op.LEAF, kind, name, 0, shape, kind.varying(), List.of());
  }

  /** A scalar parameter of the run. */
  public static Expr param(String name) {
    return leaf(Leaf.PARAM, name);
  }

  /** A parameter of the run whose elements are the scalars {@code name[0]}, ..., row by row. */
  public static Expr param(String name, Shape shape) {
    return leaf(Leaf.PARAM, name, shape);
  }

  /** Builds a node as it stands, without simplification: for {@link Simplify} alone. */
  static Expr node(Op op, Shape shape, long literal, List<Expr> args) {
    boolean varying = op != Op.SUM_OVER_PATHS && args.stream().anyMatch(Expr::varying);
    return new Expr(op, null, "", literal, shape, varying, List.copyOf(args));
  }

  /** Applies an elementwise or integer operation with simplification. */
  public static Expr apply(Op op, Expr... args) {
    return Simplify.elementwise(op, 0, List.of(args));
  }

  /** Applies a shift or rotation by a constant number of bits. */
  public static Expr shift(Op op, Expr word, int bits) {
    return Simplify.elementwise(op, bits, List.of(word));
  }

  /** The operation. */
  public Op op() {
    return op;
  }

  /** What a leaf stands for, null for other nodes. */
  public Leaf leaf() {
    return leaf;
  }

  /** The name of a leaf, empty for other nodes. */
  public String name() {
    return name;
  }

  /** The value of a {@link Op#CONST}. */
  public double value() {
    if (op != Op.CONST) {
      throw new IllegalStateException("not a constant: " + this);
    }
    return Double.longBitsToDouble(literal);
  }

  /** The value of an integer constant, the bits of a shift, the offset of a slice. */
  public long literal() {
    return literal;
  }

  /** The shape of the value. */
  public Shape shape() {
    return shape;
  }

  /** Whether there is a value per path, rather than one for all. */
  public boolean varying() {
    return varying;
  }

  /** The arguments in order. */
  public List<Expr> args() {
    return args;
  }

  /** Argument number {@code i}. */
  public Expr arg(int i) {
    return args.get(i);
  }

  /** Whether the value is a 64-bit integer rather than a double. */
  public boolean integral() {
    return op.integral() || (leaf != null && leaf.integral());
  }

  /** Whether this is a constant. */
  public boolean isConst() {
    return op == Op.CONST;
  }

  /** Whether this is the given constant (0 and -0 are the same here). */
  public boolean isConst(double value) {
    return op == Op.CONST && value() == value;
  }

  /** The hash of the whole subgraph as 32 hexadecimal digits: equal content, equal digest. */
  public String digest() {
    return Digest.text(hashHigh, hashLow);
  }

  /**
   * The number of the argument that comes first in an order that only content decides: 0 or 1. What
   * depends on the order of the arguments of a commutative operation must take them in this order,
   * since nodes that differ in it are equal.
   */
  int firstByContent() {
    return Digest.inOrder(args.get(0), args.get(1)) ? 0 : 1;
  }

  long hashHigh() {
    return hashHigh;
  }

  long hashLow() {
    return hashLow;
  }

  // Elementwise operations.

  /** this + other. */
  public Expr plus(Expr other) {
    return apply(Op.ADD, this, other);
  }

  /** this + other. */
  public Expr plus(double other) {
    return plus(of(other));
  }

  /** this - other. */
  public Expr minus(Expr other) {
    return apply(Op.SUB, this, other);
  }

  /** this - other. */
  public Expr minus(double other) {
    return minus(of(other));
  }

  /** this * other. */
  public Expr times(Expr other) {
    return apply(Op.MUL, this, other);
  }

  /** this * other. */
  public Expr times(double other) {
    return times(of(other));
  }

  /** this / other. */
  public Expr over(Expr other) {
    return apply(Op.DIV, this, other);
  }

  /** this / other. */
  public Expr over(double other) {
    return over(of(other));
  }

  /** -this. */
  public Expr neg() {
    return apply(Op.NEG, this);
  }

  /** this * factor + addend with one rounding. */
  public Expr fma(Expr factor, Expr addend) {
    return apply(Op.FMA, this, factor, addend);
  }

  /** Square root. */
  public Expr sqrt() {
    return apply(Op.SQRT, this);
  }

  /** this * this. */
  public Expr square() {
    return times(this);
  }

  /** Exponential. */
  public Expr exp() {
    return apply(Op.EXP, this);
  }

  /** Natural logarithm. */
  public Expr log() {
    return apply(Op.LOG, this);
  }

  /** Absolute value. */
  public Expr abs() {
    return apply(Op.ABS, this);
  }

  /** The larger of the two; NaN if either is. */
  public Expr max(Expr other) {
    return apply(Op.MAX, this, other);
  }

  /** The larger of the two; NaN if either is. */
  public Expr max(double other) {
    return max(of(other));
  }

  /** The smaller of the two; NaN if either is. */
  public Expr min(Expr other) {
    return apply(Op.MIN, this, other);
  }

  /** The smaller of the two; NaN if either is. */
  public Expr min(double other) {
    return min(of(other));
  }

  /** this to the given power; a constant integer power up to 64 is multiplied out. */
  public Expr pow(Expr exponent) {
    return apply(Op.POW, this, exponent);
  }

  /** this to the given power; a constant integer power up to 64 is multiplied out. */
  public Expr pow(double exponent) {
    return pow(of(exponent));
  }

  /** 1 where this is above {@code other}, else 0. */
  public Expr above(Expr other) {
    return apply(Op.POSITIVE, minus(other));
  }

  /** {@code yes} where this is 1, {@code no} where it is 0; this must be one of the two. */
  public Expr select(Expr yes, Expr no) {
    return apply(Op.SELECT, this, yes, no);
  }

  /**
   * This value with a derivative of 0: where an iteration ended, whose last step, written on it,
   * has the derivative of the solution (Griewank and Walther 2008, chapter 15). First derivatives
   * are exact; higher ones would need more such steps.
   */
  public Expr held() {
    return apply(Op.HELD, this);
  }

  // Structural operations.

  /** Element {@code i} of a vector, or of the flattened matrix, as a scalar. */
  public Expr get(int i) {
    return slice(i, Shape.SCALAR);
  }

  /** Element (row, column) of a matrix as a scalar. */
  public Expr get(int row, int column) {
    return Structure.element(this, row, column);
  }

  /** The elements from {@code offset} of the flattened value, as many as {@code shape} holds. */
  public Expr slice(int offset, Shape newShape) {
    return Structure.slice(this, offset, newShape);
  }

  /** The same elements in another shape of the same size. */
  public Expr reshape(Shape newShape) {
    return Structure.reshape(this, newShape);
  }

  /** The sum of all elements. */
  public Expr sum() {
    return Structure.sum(this);
  }

  /** The sum of the products of the elements of two vectors. */
  public Expr dot(Expr other) {
    return Structure.dot(this, other);
  }

  /** Matrix times vector. */
  public Expr matVec(Expr vector) {
    return Structure.matVec(this, vector);
  }

  /** The transposed matrix. */
  public Expr transpose() {
    return Structure.transpose(this);
  }

  /** The matrix of products this_i * other_j of two vectors. */
  public Expr outer(Expr other) {
    return Structure.outer(this, other);
  }

  /** The sum over all paths of a run. */
  public Expr sumOverPaths() {
    return Structure.sumOverPaths(this);
  }

  /** A vector of the flattened elements of the parts, one after the other. */
  public static Expr concat(List<Expr> parts) {
    return Structure.concat(parts, null);
  }

  /** A matrix from its rows, each a vector of the same size. */
  public static Expr matrix(List<Expr> rows) {
    return Structure.matrix(rows);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expr that && that.hashHigh == hashHigh && that.hashLow == hashLow;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hashLow);
  }

  /** The expression in the syntax of {@link Formula}. */
  @Override
  public String toString() {
    return Printer.print(this);
  }
}
