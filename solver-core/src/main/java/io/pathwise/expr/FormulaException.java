package io.pathwise.expr;

/**
 * A formula that cannot be read: what is wrong with it, where, and what was expected there. The
 * message shows the text with a caret under the position:
 *
 * <pre>
 * unknown name 'kapa' at position 1: expected one of kappa, theta, v; did you mean 'kappa'?
 *   kapa*(theta - v)
 *   ^
 * </pre>
 */
public final class FormulaException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_EACH_SIDE = 60;

  private final String summary;
  private final String text;
  private final int position;
  private final String expected;

  /**
   * An error in a formula.
   *
   * @param message what is wrong
   * @param text the whole formula
   * @param position the index in the text where it is wrong, its length for the end
   * @param expected what should stand there
   */
  public FormulaException(String message, String text, int position, String expected) {
    super(summary(message, position, expected) + caret(text, position));
    this.summary = summary(message, position, expected);
    this.text = text;
    this.position = position;
    this.expected = expected;
  }

  private static String summary(String message, int position, String expected) {
    return message + " at position " + (position + 1) + ": expected " + expected;
  }

  /** The error on one line, without the text. */
  public String summary() {
    return summary;
  }

  /** The formula. */
  public String text() {
    return text;
  }

  /** The index in the text where it is wrong, from 0; its length for the end. */
  public int position() {
    return position;
  }

  /** What should stand at the position. */
  public String expected() {
    return expected;
  }

  /** The line of the text that holds the position, cut to what is near, with the caret under it. */
  private static String caret(String text, int position) {
    int start = position;
    while (start > 0 && !isLineEnd(text.charAt(start - 1))) {
      start--;
    }
    int end = position;
    while (end < text.length() && !isLineEnd(text.charAt(end))) {
      end++;
    }
    boolean cutLeft = position - start > SHOWN_EACH_SIDE;
    boolean cutRight = end - position > SHOWN_EACH_SIDE;
    int from = cutLeft ? position - SHOWN_EACH_SIDE : start;
    int to = cutRight ? position + SHOWN_EACH_SIDE : end;
    String line =
        (cutLeft ? "..." : "")
            + text.substring(from, to).replace('\t', ' ')
            + (cutRight ? "..." : "");
    int column = position - from + (cutLeft ? 3 : 0);
    return "\n  " + line + "\n  " + " ".repeat(column) + "^";
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
