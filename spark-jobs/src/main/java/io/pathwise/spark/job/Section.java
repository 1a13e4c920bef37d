package io.pathwise.spark.job;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the keys of one object of a job file. Every key that is read is thereby known; {@link
 * #finish} reports the others. What is missing or wrong becomes a problem and reads as absent, so
 * that reading goes on.
 */
final class Section {
  private static final String DATE = "a date as YYYY-MM-DD";
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private final String path;
  private final ConfigObject object;
  private final Problems problems;
  private final boolean cells;
  private final Set<String> known = new LinkedHashSet<>();

  private Section(String path, ConfigObject object, Problems problems, boolean cells) {
    this.path = path;
    this.object = object;
    this.problems = problems;
    this.cells = cells;
  }

  /** The keys of an object whose own path is given; the empty path is the whole file. */
  static Section of(String path, ConfigObject object, Problems problems) {
    return new Section(path, object, problems, false);
  }

  /** The cells of a row of a CSV file: all are text, and numbers are read from it. */
  static Section row(String path, ConfigObject object, Problems problems) {
    return new Section(path, object, problems, true);
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The object itself, as a value to complain about. */
  ConfigObject object() {
    return object;
  }

  Problems problems() {
    return problems;
  }

  /** The keys in alphabetical order. */
  List<String> keys() {
    return object.keySet().stream().sorted().toList();
  }

  /** Makes keys known without reading them. */
  void know(String... keys) {
    known.addAll(List.of(keys));
  }

  boolean has(String key) {
    return value(key).isPresent();
  }

  /** The value of a key as it stands. */
  Optional<ConfigValue> value(String key) {
    known.add(key);
    ConfigValue value = object.get(key);
    return value == null || value.valueType() == ConfigValueType.NULL
        ? Optional.empty()
        : Optional.of(value);
  }

  /** Reports a key's value, which must be there. */
  void complain(String key, String complaint) {
    problems.at(path(key), object.get(key), complaint);
  }

  /** Reports that a key is missing. */
  void missing(String key, String expected) {
    problems.missing(path(key), object.origin(), expected);
  }

  /** A number in a range. */
  OptionalDouble number(String key, Range range) {
    Optional<ConfigValue> value = value(key);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    return number(path(key), value.get(), range);
  }

  /** A date; nothing, and a problem, where the text is none. */
  Optional<LocalDate> date(String key) {
    try {
      return text(key).map(LocalDate::parse);
    } catch (DateTimeParseException e) {
      complain(key, "expected " + DATE);
      return Optional.empty();
    }
  }

  /** A date that must be given. */
  Optional<LocalDate> requiredDate(String key) {
    if (!has(key)) {
      missing(key, DATE);
    }
    return date(key);
  }

  /** A number in a range that must be given; NaN where it is not. */
  double requiredNumber(String key, Range range) {
    if (!has(key)) {
      missing(key, range.expected());
    }
    return number(key, range).orElse(Double.NaN);
  }

  private OptionalDouble number(String where, ConfigValue value, Range range) {
    OptionalDouble number = asNumber(value);
    if (number.isPresent() && range.admits(number.getAsDouble())) {
      return number;
    }
    problems.at(where, value, "expected " + range.expected());
    return OptionalDouble.empty();
  }

  private OptionalDouble asNumber(ConfigValue value) {
    if (value.valueType() == ConfigValueType.NUMBER) {
      return OptionalDouble.of(((Number) value.unwrapped()).doubleValue());
    }
    return parse(cells ? value.unwrapped().toString().strip() : "");
  }

  /** The number that a cell's text spells, if it does. */
  static OptionalDouble parse(String text) {
    return NUMBER.matcher(text).matches()
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  /** A whole number from low to high. */
  OptionalLong whole(String key, long low, long high) {
    return whole(key, low, high, "");
  }

  /** A whole number from low to high, where something else would have done too. */
  OptionalLong whole(String key, long low, long high, String alternative) {
    Optional<ConfigValue> value = value(key);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong number = asWhole(value.get());
    if (number.isPresent() && number.getAsLong() >= low && number.getAsLong() <= high) {
      return number;
    }
    complain(key, "expected " + expectedWhole(low, high) + alternative);
    return OptionalLong.empty();
  }

  /**
   * A whole number that must be given, here or in reference.conf; the low bound where it is not.
   */
  long requiredWhole(String key, long low, long high) {
    if (!has(key)) {
      missing(key, expectedWhole(low, high));
    }
    return whole(key, low, high).orElse(low);
  }

  private OptionalLong asWhole(ConfigValue value) {
    Object plain = value.unwrapped();
    if (plain instanceof Long || plain instanceof Integer) {
      return OptionalLong.of(((Number) plain).longValue());
    }
    OptionalDouble number = asNumber(value);
    if (number.isPresent()) {
      double x = number.getAsDouble();
      if (x == Math.rint(x) && Math.abs(x) <= 1L << 53) {
        return OptionalLong.of((long) x);
      }
    }
    return OptionalLong.empty();
  }

  private static String expectedWhole(long low, long high) {
    if (low == Long.MIN_VALUE) {
      return "a whole number of at most 64 bits";
    }
    return high == Long.MAX_VALUE
        ? "a whole number of at least " + low
        : "a whole number from " + low + " to " + high;
  }

  /** A number of bytes, such as 64 MiB or a plain number, of at least some. */
  OptionalLong bytes(String key, long least) {
    Optional<ConfigValue> value = value(key);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long bytes = value.get().atKey(key).getMemorySize(key).toBytes();
      if (bytes >= least) {
        return OptionalLong.of(bytes);
      }
    } catch (ConfigException | IllegalArgumentException noSize) {
      // Reported below.
    }
    complain(key, "expected bytes such as 64 MiB, at least " + least);
    return OptionalLong.empty();
  }

  /** A text that is not blank; numbers and booleans count as their text. */
  Optional<String> text(String key) {
    Optional<ConfigValue> value = value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return text(path(key), value.get());
  }

  private Optional<String> text(String where, ConfigValue value) {
    boolean composed =
        value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST;
    if (composed || value.unwrapped().toString().isBlank()) {
      problems.at(where, value, "expected a text");
      return Optional.empty();
    }
    return Optional.of(value.unwrapped().toString().strip());
  }

  /** One of some names. */
  Optional<String> choice(String key, List<String> names) {
    Optional<String> text = text(key);
    if (text.isPresent() && !names.contains(text.get())) {
      complain(key, Suggestion.expected(text.get(), names));
      return Optional.empty();
    }
    return text;
  }

  /** A constant of an enum, written in lower case with hyphens. */
  <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    List<String> names = constants.stream().map(Section::spell).toList();
    return choice(key, names).map(name -> constants.get(names.indexOf(name)));
  }

  /** A constant of an enum that must be given; the first one where it is not. */
  <E extends Enum<E>> E requiredChoice(String key, Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    if (!has(key)) {
      List<String> names = constants.stream().map(Section::spell).toList();
      missing(key, "one of " + String.join(", ", names));
    }
    return choice(key, type).orElse(constants.get(0));
  }

  /** How a constant is written in a job file. */
  static String spell(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The section under a key, which must be given and be an object. */
  Optional<Section> section(String key, String expected) {
    Optional<ConfigValue> value = value(key);
    if (value.isEmpty()) {
      missing(key, expected);
      return Optional.empty();
    }
    if (value.get() instanceof ConfigObject inner) {
      return Optional.of(new Section(path(key), inner, problems, false));
    }
    complain(key, "expected " + expected);
    return Optional.empty();
  }

  /** The sections of a list, each of which must be an object. */
  List<Section> sections(String key, String expected) {
    List<Section> sections = new ArrayList<>();
    List<ConfigValue> values = list(key, "a list of " + expected);
    for (int i = 0; i < values.size(); i++) {
      String where = path(key) + "[" + (i + 1) + "]";
      if (values.get(i) instanceof ConfigObject inner) {
        sections.add(new Section(where, inner, problems, false));
      } else {
        problems.at(where, values.get(i), "expected " + expected);
      }
    }
    return sections;
  }

  /** The elements of a list; a problem, and no elements, for anything else. */
  List<ConfigValue> list(String key, String expected) {
    Optional<ConfigValue> value = value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof ConfigList list) {
      return list;
    }
    complain(key, "expected " + expected);
    return List.of();
  }

  /** A list of numbers in a range. */
  List<Double> numbers(String key, Range range) {
    List<Double> numbers = new ArrayList<>();
    List<ConfigValue> values = list(key, "a list, each " + range.expected());
    for (int i = 0; i < values.size(); i++) {
      number(path(key) + "[" + (i + 1) + "]", values.get(i), range).ifPresent(numbers::add);
    }
    return numbers;
  }

  /** A list of texts. */
  List<String> texts(String key, String expected) {
    List<String> texts = new ArrayList<>();
    List<ConfigValue> values = list(key, expected);
    for (int i = 0; i < values.size(); i++) {
      text(path(key) + "[" + (i + 1) + "]", values.get(i)).ifPresent(texts::add);
    }
    return texts;
  }

  /** Reports every key that nothing has read. */
  void finish(String what) {
    for (String key : keys()) {
      if (!known.contains(key)) {
        complain(key, "unknown " + what + ", " + Suggestion.expected(key, known));
      }
    }
  }
}
