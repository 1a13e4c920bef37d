package io.pathwise.spark.job;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gathers all problems of a job file before failing. A problem is one line: the key's path, its
 * value, where it stands, and what was expected.
 *
 * <p>Not thread-safe.
 */
final class Problems {
  /** What stands for the file of a setting of the command line. */
  static final String COMMAND_LINE = "-D";

  private static final int LONGEST_VALUE = 80;

  /** Problems beyond this number are counted and not listed. */
  static final int MOST_LISTED = 200;

  private static final Pattern PLACE = Pattern.compile("(?<file>.+?)(: (?<line>\\d+)(-\\d+)?)?");

  private final Set<String> lines = new LinkedHashSet<>();
  private int more;
  private boolean stale;

  /** Adds a line that stands for itself. */
  void add(String line) {
    if (lines.size() < MOST_LISTED) {
      lines.add(oneLine(line));
    } else {
      more++;
    }
  }

  /** Adds what is wrong with the value of a key. */
  void at(String key, ConfigValue value, String complaint) {
    add(key + " = " + show(value) + where(value.origin()) + ": " + complaint);
  }

  /** Adds that a key is missing from a section that starts at an origin. */
  void missing(String key, ConfigOrigin section, String expected) {
    add(key + " is missing" + where(section) + ": expected " + expected);
  }

  /** The job has no quotes of its date, so that what else is missing may stand beside them. */
  void stale() {
    stale = true;
  }

  /** How many problems there are so far. */
  int count() {
    return lines.size() + more;
  }

  /**
   * Fails if there is any problem.
   *
   * @throws StaleQuotesException where there are no quotes of the job's date
   * @throws BadJobException with all lines, or the first ones and the number of the others
   */
  void throwIfAny() {
    if (!lines.isEmpty()) {
      throw stale ? new StaleQuotesException(listed()) : new BadJobException(listed());
    }
  }

  /** All lines, or the first ones and the number of the others. */
  List<String> listed() {
    List<String> listed = new ArrayList<>(lines);
    if (more > 0) {
      listed.add("and " + more + " more problems");
    }
    return listed;
  }

  /**
   * The place of a value: " (job.conf:12)", or nothing where it is not known. An object that
   * several layers made up is where the first of them has it.
   */
  static String where(ConfigOrigin origin) {
    if (origin == null) {
      return "";
    }
    String first = origin.description().replaceFirst("^(merge of )+", "").split(",", 2)[0];
    Matcher parts = PLACE.matcher(origin.filename() == null ? first : "");
    String file = parts.matches() ? parts.group("file") : origin.filename();
    String line = parts.matches() ? parts.group("line") : Integer.toString(origin.lineNumber());
    String name = fileName(file.replaceFirst(" @ .*", ""));
    boolean numbered = line != null && !line.startsWith("-") && !name.equals(COMMAND_LINE);
    return " (" + name + (numbered ? ":" + line : "") + ")";
  }

  /** The value as text on one line, cut where it is long. */
  static String show(ConfigValue value) {
    String text =
        value.valueType() == ConfigValueType.STRING
            ? '"' + value.unwrapped().toString() + '"'
            : value.render(ConfigRenderOptions.concise().setJson(false));
    String line = oneLine(value.valueType() == ConfigValueType.OBJECT ? "{" + text + "}" : text);
    return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "...";
  }

  private static String fileName(String file) {
    Path name = Path.of(file).getFileName();
    return name == null ? file : name.toString();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
