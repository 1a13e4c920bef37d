package io.pathwise.expr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Prints expressions in the syntax of {@link Formula}, with as few parentheses as give back the
 * same expression when parsed. What is too long to read ends in "...".
 */
final class Printer {
  private static final int LONGEST = 20_000;
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int UNARY = 3;
  private static final int ATOM = 4;

  /**
   * What is still to be printed: a text, or a node that must bind at least as strongly as given.
   */
  private record Piece(String text, Expr node, int atLeast) {
    static Piece of(String text) {
      return new Piece(text, null, 0);
    }

    static Piece of(Expr node, int atLeast) {
      return new Piece("", node, atLeast);
    }
  }

  private Printer() {}

  static String print(Expr expr) {
    StringBuilder text = new StringBuilder();
    Deque<Piece> stack = new ArrayDeque<>();
    stack.push(Piece.of(expr, SUM));
    while (!stack.isEmpty()) {
      Piece piece = stack.pop();
      if (piece.node() == null) {
        text.append(piece.text());
      } else {
        List<Piece> pieces = pieces(piece);
        Collections.reverse(pieces);
        pieces.forEach(stack::push);
      }
      if (text.length() > LONGEST) {
        return text.substring(0, LONGEST) + "...";
      }
    }
    return text.toString();
  }

  private static List<Piece> pieces(Piece piece) {
    List<Piece> pieces = new ArrayList<>();
    Expr node = piece.node();
    boolean parentheses = strength(node) < piece.atLeast();
    if (parentheses) {
      pieces.add(Piece.of("("));
    }
    switch (node.op()) {
      case CONST -> pieces.add(Piece.of(number(node.value())));
      case LCONST -> pieces.add(Piece.of("0x" + Long.toHexString(node.literal())));
      case LEAF -> pieces.add(Piece.of(node.name()));
      case ADD -> infix(" + ", node, pieces);
      case SUB -> infix(" - ", node, pieces);
      case MUL -> infix("*", node, pieces);
      case DIV -> infix("/", node, pieces);
      case NEG -> {
        pieces.add(Piece.of("-"));
        pieces.add(Piece.of(node.arg(0), UNARY));
      }
      default -> call(node, pieces);
    }
    if (parentheses) {
      pieces.add(Piece.of(")"));
    }
    return pieces;
  }

  private static int strength(Expr node) {
    return switch (node.op()) {
      case ADD, SUB -> SUM;
      case MUL, DIV -> PRODUCT;
      case NEG -> UNARY;
      case CONST -> {
        String text = number(node.value());
        yield text.contains("/") ? PRODUCT : text.startsWith("-") ? UNARY : ATOM;
      }
      default -> ATOM;
    };
  }

  /** A number; what no numeral denotes stands as the quotient that folds to it. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "0/0";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "1/0" : "-1/0";
    }
    if (value == 0) {
      return 1 / value > 0 ? "0" : "-0";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  /** Operators associate to the left, so the right operand must bind more strongly. */
  private static void infix(String symbol, Expr node, List<Piece> pieces) {
    pieces.add(Piece.of(node.arg(0), strength(node)));
    pieces.add(Piece.of(symbol));
    pieces.add(Piece.of(node.arg(1), strength(node) + 1));
  }

  private static void call(Expr node, List<Piece> pieces) {
    pieces.add(Piece.of(node.op().symbol() + "("));
    for (int i = 0; i < node.args().size(); i++) {
      pieces.add(Piece.of(i > 0 ? ", " : ""));
      pieces.add(Piece.of(node.arg(i), SUM));
    }
    switch (node.op()) {
      case LSHL, LSAR, LSHR, LROTL, SLICE -> pieces.add(Piece.of(", " + node.literal()));
      default -> {}
    }
    pieces.add(Piece.of(")"));
  }
}
