package io.pathwise.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Map;
import java.util.TreeMap;

/**
 * Spark's own settings in a configuration: the section {@code spark}, and quoted names such as
 * {@code "spark.sql.catalog.x"}, which HOCON needs where one name is the beginning of another.
 */
final class SparkKeys {
  private SparkKeys() {}

  /** Whether a key at the top of a configuration belongs to Spark. */
  static boolean isSpark(String key) {
    return key.equals("spark") || key.startsWith("spark.");
  }

  /** The settings by full name, sorted. A quoted full name wins over the section. */
  static Map<String, String> of(Config config, Problems problems) {
    Map<String, String> settings = new TreeMap<>();
    ConfigValue section = config.root().get("spark");
    if (section != null) {
      flatten("spark", section, settings, problems);
    }
    for (Map.Entry<String, ConfigValue> entry : config.root().entrySet()) {
      if (entry.getKey().startsWith("spark.")) {
        flatten(entry.getKey(), entry.getValue(), settings, problems);
      }
    }
    return settings;
  }

  private static void flatten(
      String key, ConfigValue value, Map<String, String> settings, Problems problems) {
    if (value instanceof ConfigObject object) {
      object.forEach((name, inner) -> flatten(key + "." + name, inner, settings, problems));
    } else if (value.valueType() == ConfigValueType.LIST || key.equals("spark")) {
      problems.at(key, value, "expected a text, a number or true | false for Spark");
    } else if (value.valueType() != ConfigValueType.NULL) {
      settings.put(key, value.unwrapped().toString());
    }
  }
}
