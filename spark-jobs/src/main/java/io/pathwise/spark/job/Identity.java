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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What tells one run from another: the configuration in a form that spelling does not change. */
final class Identity {
  /** Keys that do not change the numbers of a run, or, as the date, are counted apart. */
  private static final Set<String> LEFT_OUT = Set.of("pathwise", "as-of", "gpu");

  private static final String BACKEND = "simulation.backend";
  private static final Set<String> FILES = Set.of("csv", "zero-curve-csv");
  private static final Pattern SECRET =
      Pattern.compile("(?i)secret|password|token|access[.]?key|credential");

  private Identity() {}

  /**
   * The canonical text: keys sorted, numbers in one spelling, each CSV file by its content.
   *
   * @param digests the SHA-256 of each file by its name in the job file
   */
  static String canonical(Config resolved, Map<String, String> digests) {
    ConfigObject root = resolved.withoutPath(BACKEND).root();
    for (String key : resolved.root().keySet()) {
      root = LEFT_OUT.contains(key) || SparkKeys.isSpark(key) ? root.withoutKey(key) : root;
    }
    StringBuilder out = new StringBuilder();
    write(root, digests, out);
    return out.toString();
  }

  private static void write(ConfigValue value, Map<String, String> digests, StringBuilder out) {
    if (value instanceof ConfigObject object) {
      out.append('{');
      new TreeMap<>(object)
          .forEach(
              (key, inner) -> {
                if (inner.valueType() == ConfigValueType.NULL) {
                  return; // A key that is null is absent.
                }
                out.append(ConfigUtil.quoteString(key)).append(':');
                String file = String.valueOf(inner.unwrapped()).strip();
                String digest = FILES.contains(key) ? digests.get(file) : null;
                if (digest != null) {
                  out.append("sha256:").append(digest);
                } else {
                  write(inner, digests, out);
                }
                out.append(';');
              });
      out.append('}');
    } else if (value instanceof ConfigList list) {
      out.append('[');
      for (ConfigValue element : list) {
        write(element, digests, out);
        out.append(';');
      }
      out.append(']');
    } else if (value.valueType() == ConfigValueType.NUMBER) {
      out.append(number((Number) value.unwrapped()));
    } else {
      out.append(ConfigUtil.quoteString(String.valueOf(value.unwrapped())));
    }
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
    return SECRET.matcher(key).find() ? ConfigValueFactory.fromAnyRef("(hidden)") : value;
  }
}
