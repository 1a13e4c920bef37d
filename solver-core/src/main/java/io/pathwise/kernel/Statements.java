package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The one walk from primitive operations to statements of a kernel language: an assignment to a
 * fresh name for each operation. What differs between languages stands in the {@link Dialect}, what
 * differs between places in the {@link Reader}.
 */
public final class Statements {

  /** Names what statements read and none before has computed. */
  public interface Reader {
    /** The text of a value that is the same for all paths. */
    String uniform(Expr value);

    /** The text of a leaf, of a value of an earlier loop, or of a view of the bits of either. */
    String varying(Expr value);
  }

  private final Dialect dialect;
  private final Reader reader;
  private final Map<Expr, String> names = new HashMap<>();
  private final List<String> lines = new ArrayList<>();

  /** No statements yet. */
  public Statements(Dialect dialect, Reader reader) {
    this.dialect = dialect;
    this.reader = reader;
  }

  /** Adds the statement of an operation; returns the name of its value. */
  public String compute(Expr operation) {
    List<String> operands = operation.args().stream().map(this::operand).toList();
    String name = "v" + lines.size();
    lines.add(
        dialect.declaration(operation.integral())
            + " "
            + name
            + " = "
            + dialect.operation(operation, operands)
            + ";");
    names.put(operation, name);
    return name;
  }

  /** The text of a value: a literal, a name, or what the reader says. */
  public String operand(Expr value) {
    if (value.op() == Op.CONST) {
      return dialect.number(value.value());
    }
    if (value.op() == Op.LCONST) {
      return dialect.word(value.literal());
    }
    if (!value.varying()) {
      return reader.uniform(value);
    }
    String name = names.get(value);
    if (name == null) {
      name = reader.varying(value);
      names.put(value, name);
    }
    return name;
  }

  /** The statements so far, in order. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
