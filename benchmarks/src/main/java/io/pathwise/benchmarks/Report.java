package io.pathwise.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Markdown that a program prints, and with the argument {@code --update} also writes between {@code
 * <!-- name -->} and {@code <!-- /name -->} of docs/benchmarks.md. Words after {@code --update} are
 * a remark on the run.
 */
final class Report {
  private static final Path DOCUMENT = Path.of("docs", "benchmarks.md");

  private final String name;
  private final List<String> arguments;
  private final StringBuilder text = new StringBuilder();

  /**
   * An empty report that says when and where it is made.
   *
   * @param name of the markers
   * @param arguments of the program
   * @throws IllegalArgumentException if the first of them is not {@code --update}
   */
  Report(String name, String... arguments) {
    this.name = name;
    this.arguments = Arrays.asList(arguments);
    if (arguments.length > 0 && !arguments[0].equals("--update")) {
      throw new IllegalArgumentException(
          "argument " + arguments[0] + ", expected --update and perhaps a remark, or nothing");
    }
    String remark =
        arguments.length > 1
            ? "; " + String.join(" ", this.arguments.subList(1, arguments.length))
            : "";
    line(
        "%s, %s, OpenJDK %s, one core%s.",
        LocalDate.now(ZoneOffset.UTC), processor(), Runtime.version().feature(), remark);
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(l -> l.startsWith("model name"))
          .findFirst()
          .map(l -> l.substring(l.indexOf(':') + 1).strip())
          .orElse(System.getProperty("os.arch"));
    } catch (IOException unknown) {
      return System.getProperty("os.arch");
    }
  }

  /** Starts a table, after an empty line: words to the left, numbers to the right. */
  void table(String... columns) {
    line("");
    line("| %s |", String.join(" | ", columns));
    line("|---|%s", "---:|".repeat(columns.length - 1));
  }

  /** Adds a row. */
  void row(String... cells) {
    line("| %s |", String.join(" | ", cells));
  }

  /** Adds and prints a line. */
  void line(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    System.out.println(line);
    text.append(line).append('\n');
  }

  /**
   * Puts the report in the document if that is asked for; start it from the root of the project.
   */
  void publish() throws IOException {
    if (!arguments.isEmpty()) {
      Files.writeString(DOCUMENT, replaced(Files.readString(DOCUMENT), name, text.toString()));
    }
  }

  /**
   * A document with the text between two markers replaced.
   *
   * @throws IllegalArgumentException if the document lacks a marker
   */
  static String replaced(String document, String name, String text) {
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- /" + name + " -->";
    int from = document.indexOf(begin);
    int to = document.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          DOCUMENT + " has no lines " + begin.strip() + " and, after it, " + end);
    }
    return document.substring(0, from + begin.length()) + text + document.substring(to);
  }

  /** A number with some digits behind the point. */
  static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A number with three significant digits, never in powers of ten. */
  static String three(double value) {
    double size = Math.abs(value);
    int digits = size == 0 ? 2 : (int) Math.max(0, 2 - Math.floor(Math.log10(size)));
    return number(value, digits);
  }

  /** A quotient. */
  static String times(double value) {
    return (value >= 100 ? number(value, 0) : value >= 10 ? number(value, 1) : number(value, 2))
        + " x";
  }
}
