package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import java.util.List;

/** How one primitive operation is written in a kernel language. */
public interface Dialect {

  /** The type of a value in a declaration: a double or its bits as 64-bit integer. */
  String declaration(boolean integral);

  /** The expression text of a primitive operation on operand texts. */
  String operation(Expr node, List<String> operands);

  /** A double literal with exactly the given bits. */
  String number(double value);

  /** A 64-bit integer literal. */
  String word(long value);
}
