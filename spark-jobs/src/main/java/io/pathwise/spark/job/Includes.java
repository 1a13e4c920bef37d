package io.pathwise.spark.job;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code include} may read: files in the folder of the job file and below it, links followed,
 * within the bounds of a job file. Nothing from the network or the class path.
 */
final class Includes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  /** The most files that a job file includes, those of included files counted. */
  static final int MOST = 100;

  private final Path folder;
  private int included;

  Includes(Path folder) {
    this.folder = folder;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return read(what);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return read(what.getPath());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw refused("url(\"" + what + "\")");
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    throw refused("classpath(\"" + what + "\")");
  }

  private static ConfigException refused(String what) {
    return problem("include %s, expected a file in the folder of the job file".formatted(what));
  }

  private static ConfigException problem(String text) {
    return new ConfigException.Generic(text);
  }

  private ConfigObject read(String name) {
    if (++included > MOST) {
      throw problem("include \"%s\": more than %d includes".formatted(name, MOST));
    }
    try {
      Path file = folder.resolve(name).toRealPath();
      if (!file.startsWith(folder.toRealPath())) {
        throw refused("\"" + name + "\" is " + file);
      }
      long size = Files.size(file);
      if (!Files.isRegularFile(file) || size > JobText.LARGEST) {
        throw problem(
            "include \"%s\": expected a file of at most %d bytes".formatted(name, JobText.LARGEST));
      }
      String text = Files.readString(file);
      Optional<String> excess = JobText.excess(text);
      if (excess.isPresent()) {
        throw problem("include \"%s\": %s".formatted(name, excess.get()));
      }
      return ConfigFactory.parseString(
              text,
              ConfigParseOptions.defaults()
                  .setIncluder(this)
                  .setOriginDescription(ConfigOriginFactory.newFile(file.toString()).description()))
          .root();
    } catch (IOException | InvalidPathException e) {
      throw problem("include \"%s\": cannot be read (%s), expected a file".formatted(name, e));
    }
  }
}
