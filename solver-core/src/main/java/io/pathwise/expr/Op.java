package io.pathwise.expr;

/**
 * The operations of a graph.
 *
 * <p>Three families: leaves; the operations that models use (elementwise and structural), all of
 * which can be differentiated; and the primitive 64-bit integer operations that {@link Lower} needs
 * to express random bits, exponent arithmetic and masks. A backend prints only {@linkplain
 * #primitive() primitive} operations.
 */
public enum Op {
  CONST(Family.LEAF, "const", 0),
  LCONST(Family.LEAF, "lconst", 0),
  LEAF(Family.LEAF, "leaf", 0),

  ADD(Family.PRIMITIVE, "+", 2),
  SUB(Family.PRIMITIVE, "-", 2),
  MUL(Family.PRIMITIVE, "*", 2),
  DIV(Family.PRIMITIVE, "/", 2),
  NEG(Family.PRIMITIVE, "neg", 1),
  FMA(Family.PRIMITIVE, "fma", 3),
  SQRT(Family.PRIMITIVE, "sqrt", 1),
  ABS(Family.PRIMITIVE, "abs", 1),
  MIN(Family.PRIMITIVE, "min", 2),
  MAX(Family.PRIMITIVE, "max", 2),
  RINT(Family.PRIMITIVE, "rint", 1),
  /** The nearest 32-bit number ({@link SinglePrecision}); its derivative is the argument's. */
  FLOAT(Family.PRIMITIVE, "float", 1),

  /** The argument as a number of its own: its derivative is 0 ({@link Expr#held}). */
  HELD(Family.FUNCTION, "held", 1),
  /** 1 where the argument is above 0, else 0 (NaN stays NaN). */
  POSITIVE(Family.FUNCTION, "positive", 1),
  /** The second argument where the first is 1, the third where it is 0; the other is not read. */
  SELECT(Family.FUNCTION, "select", 3),
  EXP(Family.FUNCTION, "exp", 1),
  LOG(Family.FUNCTION, "log", 1),
  SIN(Family.FUNCTION, "sin", 1),
  COS(Family.FUNCTION, "cos", 1),
  TANH(Family.FUNCTION, "tanh", 1),
  SIGMOID(Family.FUNCTION, "sigmoid", 1),
  SOFTPLUS(Family.FUNCTION, "softplus", 1),
  ERF(Family.FUNCTION, "erf", 1),
  NORMAL_CDF(Family.FUNCTION, "normcdf", 1),
  INVERSE_NORMAL_CDF(Family.FUNCTION, "invnormcdf", 1),
  POW(Family.FUNCTION, "pow", 2),

  /** Elements [offset, offset + size) of the flattened argument, in a new shape. */
  SLICE(Family.STRUCTURE, "slice", 1),
  /** The flattened arguments one after the other, in a new shape. */
  CONCAT(Family.STRUCTURE, "concat", -1),
  RESHAPE(Family.STRUCTURE, "reshape", 1),
  SUM(Family.STRUCTURE, "sum", 1),
  DOT(Family.STRUCTURE, "dot", 2),
  MATVEC(Family.STRUCTURE, "matVec", 2),
  TRANSPOSE(Family.STRUCTURE, "transpose", 1),
  OUTER(Family.STRUCTURE, "outer", 2),
  /** The sum over all paths of a run: uniform. */
  SUM_OVER_PATHS(Family.STRUCTURE, "sumOverPaths", 1),

  /** The IEEE bits of a double as a 64-bit integer. */
  BITS(Family.INTEGER, "bits", 1),
  /** The double with the given IEEE bits. */
  FROM_BITS(Family.PRIMITIVE, "fromBits", 1),
  LADD(Family.INTEGER, "ladd", 2),
  LSUB(Family.INTEGER, "lsub", 2),
  LSHL(Family.INTEGER, "shl", 1),
  LSAR(Family.INTEGER, "sar", 1),
  LSHR(Family.INTEGER, "shr", 1),
  LAND(Family.INTEGER, "and", 2),
  LOR(Family.INTEGER, "or", 2),
  LXOR(Family.INTEGER, "xor", 2),
  LROTL(Family.INTEGER, "rotl", 1);

  private enum Family {
    LEAF,
    PRIMITIVE,
    INTEGER,
    FUNCTION,
    STRUCTURE
  }

  private final Family family;
  private final String symbol;
  private final int arity;

  Op(Family family, String symbol, int arity) {
    this.family = family;
    this.symbol = symbol;
    this.arity = arity;
  }

  /** How the operation is written in printed graphs and formulas. */
  public String symbol() {
    return symbol;
  }

  /** The number of arguments, -1 for any number. */
  public int arity() {
    return arity;
  }

  /** Whether a backend prints it as it stands. */
  public boolean primitive() {
    return family == Family.PRIMITIVE || family == Family.INTEGER;
  }

  /** Whether it works element by element, a scalar being repeated to the other's shape. */
  public boolean elementwise() {
    return family == Family.FUNCTION || family == Family.PRIMITIVE;
  }

  /** Whether it rearranges or reduces shaped values. */
  public boolean structural() {
    return family == Family.STRUCTURE;
  }

  /** Whether the result is a 64-bit integer. */
  public boolean integral() {
    return this == LCONST || family == Family.INTEGER;
  }

  /** Whether the order of the first two arguments does not matter. */
  public boolean commutative() {
    return switch (this) {
      case ADD, MUL, MIN, MAX, FMA, LADD, LAND, LOR, LXOR, DOT -> true;
      default -> false;
    };
  }
}
