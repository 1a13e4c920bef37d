package io.pathwise.expr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints expressions in the syntax of {@link Formula}, with as few parentheses as it allows. */
final class Printer {
  private static final int LONGEST = 20_000;
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int UNARY = 3;
  private static final int ATOM = 4;

  private record Text(String text, int strength) {
    String atLeast(int wanted) {
      return strength >= wanted ? text : "(" + text + ")";
    }
  }

  private Printer() {}

  static String print(Expr expr) {
    Map<Expr, Text> texts = new HashMap<>();
    for (Expr node : Graph.topological(List.of(expr))) {
      Text text = text(node, texts);
      texts.put(node, text.text().length() > LONGEST ? new Text("...", ATOM) : text);
    }
    return texts.get(expr).text();
  }

  private static Text text(Expr node, Map<Expr, Text> texts) {
    return switch (node.op()) {
      case CONST -> number(node.value());
      case LCONST -> new Text("0x" + Long.toHexString(node.literal()), ATOM);
      case LEAF -> new Text(node.name(), ATOM);
      case ADD -> infix(" + ", node, texts, SUM, SUM);
      case SUB -> infix(" - ", node, texts, SUM, PRODUCT);
      case MUL -> infix("*", node, texts, PRODUCT, UNARY);
      case DIV -> infix("/", node, texts, PRODUCT, UNARY);
      case NEG -> new Text("-" + texts.get(node.arg(0)).atLeast(UNARY), UNARY);
      default -> call(node, texts);
    };
  }

  private static Text number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    String text = whole ? Long.toString((long) value) : Double.toString(value);
    return new Text(text, value < 0 ? UNARY : ATOM);
  }

  private static Text infix(
      String symbol, Expr node, Map<Expr, Text> texts, int left, int right) {
    return new Text(
        texts.get(node.arg(0)).atLeast(left) + symbol + texts.get(node.arg(1)).atLeast(right), left);
  }

  private static Text call(Expr node, Map<Expr, Text> texts) {
    StringBuilder text = new StringBuilder(node.op().symbol()).append('(');
    for (int i = 0; i < node.args().size(); i++) {
      text.append(i > 0 ? ", " : "").append(texts.get(node.arg(i)).text());
      if (text.length() > LONGEST) {
        break;
      }
    }
    boolean literal =
        switch (node.op()) {
          case LSHL, LSAR, LSHR, LROTL, SLICE -> true;
          default -> false;
        };
    if (literal) {
      text.append(", ").append(node.literal());
    }
    return new Text(text.append(')').toString(), ATOM);
  }
}
