package io.pathwise.gpu;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.kernel.Dialect;
import java.util.List;

/**
 * OpenCL C over the types {@code real} and {@code bits}, which a source defines as scalars or as
 * vectors of paths. Integers are unsigned, since a signed sum may not wrap; {@code min} and {@code
 * max} are Java's, which propagate NaN and tell -0 from +0.
 */
final class OpenClDialect implements Dialect {

  @Override
  public String declaration(boolean integral) {
    return integral ? "const bits" : "const real";
  }

  @Override
  public String operation(Expr node, List<String> a) {
    return switch (node.op()) {
      case ADD, LADD -> a.get(0) + " + " + a.get(1);
      case SUB, LSUB -> a.get(0) + " - " + a.get(1);
      case MUL -> a.get(0) + " * " + a.get(1);
      case DIV -> a.get(0) + " / " + a.get(1);
      case NEG -> "-" + a.get(0);
      case FMA -> "fma(" + a.get(0) + ", " + a.get(1) + ", " + a.get(2) + ")";
      case SQRT -> "sqrt(" + a.get(0) + ")";
      case ABS -> "fabs(" + a.get(0) + ")";
      case MIN, MAX -> extremum(node, a);
      case RINT -> "rint(" + a.get(0) + ")";
      case FLOAT -> "TO_SINGLE(" + a.get(0) + ")";
      case LSHL -> a.get(0) + " << " + word(node.literal());
      case LSHR -> a.get(0) + " >> " + word(node.literal());
      case LSAR -> "SHIFT_SIGNED(" + a.get(0) + ", " + node.literal() + ")";
      case LAND -> a.get(0) + " & " + a.get(1);
      case LOR -> a.get(0) + " | " + a.get(1);
      case LXOR -> a.get(0) + " ^ " + a.get(1);
      case LROTL -> "rotate(" + a.get(0) + ", " + word(node.literal()) + ")";
      case BITS -> "TO_BITS(" + a.get(0) + ")";
      case FROM_BITS -> "TO_REAL(" + a.get(0) + ")";
      default -> throw new IllegalStateException(node.op() + " is not a primitive operation");
    };
  }

  /**
   * One comparison where an operand is a constant c other than NaN and -0: the comparisons are
   * chosen such that a NaN and a zero of the other operand come out as Java's.
   */
  private static String extremum(Expr node, List<String> a) {
    for (int i = 0; i < 2; i++) {
      Expr c = node.arg(i);
      boolean plain =
          c.op() == Op.CONST && !Double.isNaN(c.value()) && (c.value() != 0 || 1 / c.value() > 0);
      if (plain) {
        String compare = node.op() == Op.MIN ? " < " : " >= ";
        return a.get(i) + compare + a.get(1 - i) + " ? " + a.get(i) + " : " + a.get(1 - i);
      }
    }
    return (node.op() == Op.MIN ? "minimum(" : "maximum(") + a.get(0) + ", " + a.get(1) + ")";
  }

  @Override
  public String number(double value) {
    if (Double.isNaN(value)) {
      return "R(NAN)";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "R(INFINITY)" : "R(-INFINITY)";
    }
    boolean small = value == Math.rint(value) && Math.abs(value) < 1e6;
    return "R(" + (small ? Double.toString(value) : Double.toHexString(value)) + ")";
  }

  @Override
  public String word(long value) {
    return "B(0x" + Long.toHexString(value) + "UL)";
  }
}
