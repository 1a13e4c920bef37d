package io.pathwise.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the text of a job file as HOCON, within bounds of size and nesting. */
final class JobText {
  /** The largest job file, in bytes. */
  static final long LARGEST = 16L << 20;

  /** The deepest nesting of braces and brackets. */
  static final int DEEPEST = 100;

  private JobText() {}

  /** The parsed file, its substitutions not yet resolved; a problem and nothing where it fails. */
  static Config parse(Path file, Problems problems) {
    try {
      long size = Files.size(file);
      if (!Files.isRegularFile(file)) {
        problems.add(file + ": not a file, expected a job file");
      } else if (size > LARGEST) {
        problems.add(file + ": " + size + " bytes, expected at most " + LARGEST);
      } else {
        excess(Files.readString(file, StandardCharsets.UTF_8))
            .ifPresent(what -> problems.add(file + ": " + what));
        problems.throwIfAny();
        return ConfigFactory.parseFile(
            file.toFile(),
            ConfigParseOptions.defaults()
                .setAllowMissing(false)
                .setIncluder(new Includes(file.toAbsolutePath().normalize().getParent())));
      }
    } catch (NoSuchFileException e) {
      problems.add(file + ": no such file, expected a job file");
    } catch (IOException e) {
      problems.add(file + ": cannot be read: " + e);
    } catch (ConfigException e) {
      problems.add(syntax(e));
    }
    return ConfigFactory.empty();
  }

  /** The parsed text of a stored job. */
  static Config parse(String text, String origin, Problems problems) {
    try {
      return ConfigFactory.parseString(
          text, ConfigParseOptions.defaults().setOriginDescription(origin));
    } catch (ConfigException e) {
      problems.add(syntax(e));
      return ConfigFactory.empty();
    }
  }

  /** What in a text is nested deeper than the parser should follow. */
  static Optional<String> excess(String text) {
    if (depth(text) > DEEPEST) {
      return Optional.of("braces nested deeper than " + DEEPEST);
    }
    int parts = 1;
    for (int i = 0; i < text.length() && parts <= DEEPEST; i++) {
      char c = text.charAt(i);
      boolean key = Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '"';
      parts = c == '.' ? parts + 1 : key ? parts : 1;
    }
    return parts > DEEPEST
        ? Optional.of("a key of more than " + DEEPEST + " parts")
        : Optional.empty();
  }

  /** A syntax error in one line, without the parser's advice on Java properties. */
  static String syntax(ConfigException e) {
    String message = e.getMessage();
    String origin = e.origin() == null ? "" : e.origin().description();
    String text =
        !origin.isEmpty() && message.startsWith(origin)
            ? message.substring(origin.length()).replaceFirst("^:\\s*(\\d+:\\s*)?", "")
            : message;
    String place = Problems.where(e.origin()).strip();
    return (place.isEmpty() ? "" : place.substring(1, place.length() - 1) + ": ") + text;
  }

  /** The deepest nesting of braces and brackets outside quotes and comments. */
  static int depth(String text) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        i = endOfQuote(text, i);
      } else if (c == '#' || text.startsWith("//", i)) {
        i = endOfLine(text, i);
      } else if (c == '{' || c == '[') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return deepest;
  }

  private static int endOfQuote(String text, int start) {
    if (text.startsWith("\"\"\"", start)) {
      int end = text.indexOf("\"\"\"", start + 3);
      return end < 0 ? text.length() : end + 2;
    }
    int i = start + 1;
    while (i < text.length() && text.charAt(i) != '"' && text.charAt(i) != '\n') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  private static int endOfLine(String text, int start) {
    int end = text.indexOf('\n', start);
    return end < 0 ? text.length() : end;
  }
}
