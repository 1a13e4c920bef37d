package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import java.util.List;

/** Java 17, in the forms that C2 vectorises. */
public final class JavaDialect implements Dialect {

  @Override
  public String declaration(boolean integral) {
    return integral ? "long" : "double";
  }

  @Override
  public String operation(Expr node, List<String> a) {
    return switch (node.op()) {
      case ADD, LADD -> a.get(0) + " + " + a.get(1);
      case SUB, LSUB -> a.get(0) + " - " + a.get(1);
      case MUL -> a.get(0) + " * " + a.get(1);
      case DIV -> a.get(0) + " / " + a.get(1);
      case NEG -> "-" + a.get(0);
      case FMA -> "Math.fma(" + a.get(0) + ", " + a.get(1) + ", " + a.get(2) + ")";
      case SQRT -> "Math.sqrt(" + a.get(0) + ")";
      case ABS -> "Math.abs(" + a.get(0) + ")";
      case MIN -> "Math.min(" + a.get(0) + ", " + a.get(1) + ")";
      case MAX -> "Math.max(" + a.get(0) + ", " + a.get(1) + ")";
      case RINT -> "Math.rint(" + a.get(0) + ")";
      case FLOAT -> "(double) (float) " + a.get(0);
      case LSHL -> a.get(0) + " << " + node.literal();
      case LSAR -> a.get(0) + " >> " + node.literal();
      case LSHR -> a.get(0) + " >>> " + node.literal();
      case LAND -> a.get(0) + " & " + a.get(1);
      case LOR -> a.get(0) + " | " + a.get(1);
      case LXOR -> a.get(0) + " ^ " + a.get(1);
      case LROTL -> "Long.rotateLeft(" + a.get(0) + ", " + node.literal() + ")";
      default -> throw new IllegalStateException(node.op() + " is not a primitive operation");
    };
  }

  @Override
  public String number(double value) {
    if (Double.isNaN(value)) {
      return "Double.NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    return value < 0 || 1 / value < 0 ? "(" + value + ")" : Double.toString(value);
  }

  @Override
  public String word(long value) {
    return "0x" + Long.toHexString(value) + "L";
  }
}
