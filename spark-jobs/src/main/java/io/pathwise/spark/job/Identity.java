package io.pathwise.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What tells one run from another: the configuration in a form that spelling does not change. */
final class Identity {
  /** Keys that do not change the numbers of a run, or, as the date, are counted apart. */
  private static final Set<String> LEFT_OUT = Set.of("pathwise", "as-of", "gpu", "checkpoint");

  private static final String SEPARATOR = " = ";
  private static final String BACKEND = "simulation.backend";
  private static final String CALIBRATED_FROM = "model." + CalibratedReader.FROM;
  private static final String ESTIMATOR = "simulation.estimator";
  private static final String SENSITIVITIES = "sensitivities";
  private static final String METHOD = ESTIMATOR + ".method";
  private static final String CONTROL = ESTIMATOR + ".control";
  private static final Set<String> FILES = Set.of("csv", "zero-curve-csv");
  private static final List<String> ROWS = List.of(Rows.CSV, Rows.PARQUET, Rows.TABLE, Rows.WHERE);
  private static final Pattern SECRET =
      Pattern.compile("(?i)secret|password|token|access[.]?key|credential");

  private Identity() {}

  /**
   * The canonical text: a line for every key with its path and value, sorted; numbers in one
   * spelling, each CSV file by its content.
   *
   * @param digests the SHA-256 of each file by its name in the job file
   */
  static String canonical(Config resolved, Map<String, String> digests) {
    return canonical(resolved, digests, Map.of());
  }

  /**
   * The canonical text of a job that uses some of the rows it refers to.
   *
   * @param used the SHA-256 of the rows that count, by the section that refers to them; they stand
   *     in place of what they are kept in
   */
  static String canonical(Config resolved, Map<String, String> digests, Map<String, String> used) {
    Map<String, String> lines = new TreeMap<>();
    Config counted = resolved.withoutPath(BACKEND).withoutPath(CALIBRATED_FROM);
    for (Map.Entry<String, String> rows : used.entrySet()) {
      for (String key : ROWS) {
        counted = counted.withoutPath(rows.getKey() + "." + key);
      }
      lines.put(rows.getKey() + ".rows", "sha256:" + rows.getValue());
    }
    ConfigObject root = relevant(counted).root();
    for (Map.Entry<String, ConfigValue> entry : root.entrySet()) {
      String key = entry.getKey();
      if (!LEFT_OUT.contains(key) && !SparkKeys.isSpark(key)) {
        write(ConfigUtil.joinPath(key), key, entry.getValue(), digests, lines);
      }
    }
    StringBuilder out = new StringBuilder();
    lines.forEach((path, value) -> out.append(path).append(SEPARATOR).append(value).append('\n'));
    return out.toString();
  }

  /** What changes no number: a plain estimator, and how derivatives are computed without any. */
  private static Config relevant(Config job) {
    boolean differentiated =
        job.hasPath(SENSITIVITIES)
            && !job.getValue(SENSITIVITIES).unwrapped().equals(List.of())
            && !(job.hasPath("job") && job.getString("job").equals("simulate"));
    return plain(
        differentiated
            ? job.withoutPath(GradientSpec.KEY + "." + GradientSpec.MEMORY)
            : job.withoutPath(GradientSpec.KEY).withoutPath(GradientSpec.SENSITIVITY));
  }

  private static Config plain(Config job) {
    boolean plain =
        job.hasPath(METHOD)
            && job.getString(METHOD).equals("plain")
            && (!job.hasPath(CONTROL) || job.getString(CONTROL).equals("none"));
    return plain ? job.withoutPath(ESTIMATOR) : job;
  }

  private static void write(
      String path,
      String key,
      ConfigValue value,
      Map<String, String> digests,
      Map<String, String> lines) {
    String digest = FILES.contains(key) ? digests.get(text(value).strip()) : null;
    if (value.valueType() == ConfigValueType.NULL) {
      return; // A key that is null is absent.
    }
    if (digest != null) {
      lines.put(path, "sha256:" + digest);
    } else if (value instanceof ConfigObject object) {
      object.forEach(
          (name, inner) ->
              write(path + "." + ConfigUtil.joinPath(name), name, inner, digests, lines));
    } else if (value instanceof ConfigList list) {
      lines.put(path, "a list of " + list.size());
      for (int i = 0; i < list.size(); i++) {
        write(path + "[" + (i + 1) + "]", "", list.get(i), digests, lines);
      }
    } else if (value.valueType() == ConfigValueType.NUMBER) {
      lines.put(path, number((Number) value.unwrapped()));
    } else {
      lines.put(path, ConfigUtil.quoteString(text(value)));
    }
  }

  private static String text(ConfigValue value) {
    return String.valueOf(value.unwrapped());
  }

  /** How one canonical text differs from another: a line a key, with both values. */
  static List<String> differences(String before, String now) {
    Map<String, String> old = values(before);
    Map<String, String> current = values(now);
    Set<String> paths = new TreeSet<>(old.keySet());
    paths.addAll(current.keySet());
    return paths.stream()
        .filter(path -> !Objects.equals(old.get(path), current.get(path)))
        .map(
            path ->
                "%s: %s before, %s now"
                    .formatted(
                        path,
                        old.getOrDefault(path, "not there"),
                        current.getOrDefault(path, "not there")))
        .toList();
  }

  private static Map<String, String> values(String canonical) {
    Map<String, String> values = new TreeMap<>();
    canonical
        .lines()
        .forEach(
            line -> {
              int at = line.indexOf(SEPARATOR);
              values.put(line.substring(0, at), line.substring(at + SEPARATOR.length()));
            });
    return values;
  }

  /** 1, 1.0 and 1e0 are one number. */
  private static String number(Number number) {
    boolean whole = number instanceof Long || number instanceof Integer;
    BigDecimal decimal =
        whole ? BigDecimal.valueOf(number.longValue()) : new BigDecimal(number.toString());
    return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
  }

  static String sha256(String canonical, LocalDate asOf) {
    String text = canonical + "\nas-of " + asOf + "\n";
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The configuration as HOCON, keys sorted, secrets hidden. */
  static String text(Config resolved) {
    ConfigRenderOptions options =
        ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(false);
    return redact(resolved.root()).render(options);
  }

  private static ConfigObject redact(ConfigObject object) {
    return ConfigValueFactory.fromMap(
        object.entrySet().stream()
            .filter(e -> e.getValue().valueType() != ConfigValueType.NULL)
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, e -> redact(e.getKey(), e.getValue()).unwrapped())));
  }

  private static ConfigValue redact(String key, ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return redact(object);
    }
    if (SECRET.matcher(key).find()) {
      return ConfigValueFactory.fromAnyRef("(hidden)");
    }
    return value instanceof ConfigList list
        ? ConfigValueFactory.fromIterable(
            list.stream().map(element -> redact("", element).unwrapped()).toList())
        : value;
  }
}
