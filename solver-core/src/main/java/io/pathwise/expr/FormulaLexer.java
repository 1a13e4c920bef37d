package io.pathwise.expr;

import java.util.ArrayList;
import java.util.List;

/** Cuts a formula into tokens, the last of them an {@link FormulaToken.Kind#END}. */
final class FormulaLexer {
  private static final String SYMBOLS = "+-*/^(),<>";

  private final String text;
  private final List<FormulaToken> tokens = new ArrayList<>();
  private int at;

  private FormulaLexer(String text) {
    this.text = text;
  }

  static List<FormulaToken> tokens(String text) {
    return new FormulaLexer(text).run();
  }

  private List<FormulaToken> run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (isDigit(at) || (c == '.' && isDigit(at + 1))) {
        number();
      } else if (isNameStart(c)) {
        name();
      } else {
        symbol(c);
      }
    }
    tokens.add(new FormulaToken(FormulaToken.Kind.END, "", at));
    return tokens;
  }

  private void number() {
    int start = at;
    digits();
    if (charAt(at) == '.') {
      at++;
      digits();
    }
    if ((charAt(at) == 'e' || charAt(at) == 'E') && !isNameStart(charAt(at + 1))) {
      at++;
      if (charAt(at) == '+' || charAt(at) == '-') {
        at++;
      }
      if (!isDigit(at)) {
        throw new FormulaException(
            "the exponent of '" + text.substring(start, at) + "' is missing", text, at, "a digit");
      }
      digits();
    }
    String number = text.substring(start, at);
    if (charAt(at) == '.' || isNameStart(charAt(at))) {
      throw new FormulaException(
          "unexpected '" + charAt(at) + "' after the number " + number,
          text,
          at,
          "an operator such as '*'");
    }
    tokens.add(new FormulaToken(FormulaToken.Kind.NUMBER, number, start));
  }

  private void digits() {
    while (isDigit(at)) {
      at++;
    }
  }

  /** Letters, digits, '_' and '.', then perhaps an index such as [3]. */
  private void name() {
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    if (charAt(at) == '[') {
      at++;
      if (!isDigit(at)) {
        throw new FormulaException("the index is missing", text, at, "a digit");
      }
      digits();
      if (charAt(at) != ']') {
        throw new FormulaException("the index does not end", text, at, "']'");
      }
      at++;
    }
    tokens.add(new FormulaToken(FormulaToken.Kind.NAME, text.substring(start, at), start));
  }

  private void symbol(char c) {
    if (SYMBOLS.indexOf(c) < 0) {
      String character = new String(Character.toChars(text.codePointAt(at)));
      throw new FormulaException(
          "unexpected character '" + character + "'",
          text,
          at,
          "a number, a name, one of + - * / ^ ( ) , or a comparison < <= > >=");
    }
    boolean orEqual = (c == '<' || c == '>') && charAt(at + 1) == '=';
    String symbol = orEqual ? c + "=" : String.valueOf(c);
    tokens.add(new FormulaToken(FormulaToken.Kind.SYMBOL, symbol, at));
    at += symbol.length();
  }

  /** The character at an index, 0 past the end. */
  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : 0;
  }

  private boolean isDigit(int index) {
    return charAt(index) >= '0' && charAt(index) <= '9';
  }

  private static boolean isNameStart(char c) {
    return c == '_' || Character.isLetter(c);
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || (c >= '0' && c <= '9') || c == '.';
  }
}
