package io.pathwise.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;

/**
 * The layers of a configuration, the first of which that has a key decides: command line, job file,
 * {@code reference.conf}.
 */
final class Layers {
  private static final String COMMAND_LINE = Problems.COMMAND_LINE;
  private static final List<String> STEPS =
      List.of("simulation.steps", "simulation.steps-per-year");

  private Layers() {}

  /** What a key is when neither the command line nor the job file has it. */
  static Config reference() {
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setAllowMissing(false)
            .setClassLoader(Layers.class.getClassLoader());
    Config all = ConfigFactory.parseResources("reference.conf", options);
    // Other libraries may have a reference.conf too: only our keys are taken.
    ConfigObject ours = all.root();
    for (String key : all.root().keySet()) {
      ours = JobFile.KEYS.contains(key) ? ours : ours.withoutKey(key);
    }
    return ours.toConfig();
  }

  /** The settings of the command line. A key that starts with "spark." is one name, not a path. */
  static Config commandLine(Map<String, String> overrides, Problems problems) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, String> entry : overrides.entrySet()) {
      String key = entry.getKey().strip();
      try {
        if (key.startsWith("spark.")) {
          config =
              config
                  .root()
                  .withValue(key, ConfigValueFactory.fromAnyRef(entry.getValue(), COMMAND_LINE))
                  .toConfig();
        } else {
          config = value(key, entry.getValue()).withFallback(config);
        }
      } catch (ConfigException e) {
        problems.add(
            "-D "
                + key
                + "="
                + entry.getValue()
                + ": "
                + JobText.syntax(e)
                + "; expected key=value");
      }
    }
    return config;
  }

  /** Lists, objects, quoted texts, numbers and booleans are HOCON; anything else is plain text. */
  private static Config value(String key, String text) {
    String value = text.strip();
    boolean hocon =
        value.startsWith("[")
            || value.startsWith("{")
            || value.startsWith("\"")
            || value.matches("true|false|-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    if (hocon) {
      return ConfigFactory.parseString(
          key + " = " + value, ConfigParseOptions.defaults().setOriginDescription(COMMAND_LINE));
    }
    return ConfigFactory.empty().withValue(key, ConfigValueFactory.fromAnyRef(text, COMMAND_LINE));
  }

  /**
   * The layers as one, with substitutions resolved. How many steps is one decision with two
   * spellings: the layer that makes it hides what lower layers say in the other spelling.
   *
   * @throws BadJobException if a substitution has no value
   */
  static Config merge(Config commandLine, Config job, Config reference, Problems problems) {
    try {
      Config user = commandLine.withFallback(job);
      Config resolved = user.withFallback(without(reference, STEPS)).resolve();
      if (STEPS.stream().noneMatch(resolved::hasPath)) {
        return user.withFallback(reference).resolve();
      }
      List<String> decided = STEPS.stream().filter(key -> has(commandLine, key)).toList();
      return decided.isEmpty()
          ? resolved
          : without(resolved, STEPS.stream().filter(key -> !decided.contains(key)).toList());
    } catch (ConfigException e) {
      problems.add(JobText.syntax(e));
      problems.throwIfAny();
      throw e;
    }
  }

  private static Config without(Config config, List<String> paths) {
    Config rest = config;
    for (String path : paths) {
      rest = rest.withoutPath(path);
    }
    return rest;
  }

  private static boolean has(Config unresolved, String path) {
    try {
      return unresolved.hasPath(path);
    } catch (ConfigException.NotResolved e) {
      return false; // Inside a substitution: it takes part in the merge like any other value.
    }
  }
}
