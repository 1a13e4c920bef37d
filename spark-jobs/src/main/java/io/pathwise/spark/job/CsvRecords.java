package io.pathwise.spark.job;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The records of CSV text (RFC 4180) with the numbers of their lines. A quoted cell may hold
 * commas, line ends and doubled quotes; cells are stripped of white space around them.
 */
final class CsvRecords implements Iterable<CsvRecords.Line> {
  private final String text;

  CsvRecords(String text) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /**
   * A record.
   *
   * @param number the line it starts on, from 1
   * @param cells its cells
   * @param unclosed whether the text ends inside a quote
   */
  record Line(int number, List<String> cells, boolean unclosed) {}

  @Override
  public Iterator<Line> iterator() {
    return new Reader();
  }

  private final class Reader implements Iterator<Line> {
    private int at;
    private int line = 1;

    @Override
    public boolean hasNext() {
      while (at < text.length() && skippable()) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
        line++;
      }
      return at < text.length();
    }

    private boolean skippable() {
      int end = text.indexOf('\n', at);
      String rest = text.substring(at, end < 0 ? text.length() : end);
      return rest.isBlank() || rest.startsWith("#");
    }

    @Override
    public Line next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more records");
      }
      int number = line;
      List<String> cells = new ArrayList<>();
      StringBuilder cell = new StringBuilder();
      boolean quoted = false;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '\n') {
          line++;
        }
        if (c == '"') {
          boolean doubled = quoted && at < text.length() && text.charAt(at) == '"';
          if (doubled) {
            cell.append('"');
            at++;
          } else {
            quoted = !quoted;
          }
        } else if (quoted || (c != ',' && c != '\n')) {
          cell.append(c);
        } else {
          cells.add(cell.toString().strip());
          cell.setLength(0);
          if (c == '\n') {
            return new Line(number, List.copyOf(cells), false);
          }
        }
      }
      cells.add(cell.toString().strip());
      return new Line(number, List.copyOf(cells), quoted);
    }
  }
}
