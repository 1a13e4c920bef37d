package io.pathwise.spark.session;

import io.pathwise.spark.metrics.PathwisePlugin;
import io.pathwise.spark.table.Warehouse;
import io.pathwise.spark.table.WarehouseLocation;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;

/**
 * Makes the Spark session. Settings, strongest first: those given, those of {@code spark-submit},
 * {@code conf/spark-defaults.conf}, and what is set here.
 */
public final class SparkSessions {

  private static final String DEFAULTS = "spark-defaults.conf";
  private static final String MASTER = "spark.master";
  private static final String CATALOG = "spark.sql.catalog." + Warehouse.CATALOG;
  private static final String CATALOG_WAREHOUSE = CATALOG + ".warehouse";
  private static final String HADOOP = "spark.hadoop.";
  private static final String REGISTRATOR = "spark.kryo.registrator";

  private SparkSessions() {}

  /**
   * Starts the session of this JVM, whose default catalog holds the result tables; or joins it
   * where it runs already. Whoever started it stops it.
   *
   * @param appName shown by Spark's UI and history
   * @param master Spark master URL; empty to take spark-submit's, or {@code local[*]}
   * @param warehouse where the default (Hadoop) catalog keeps the tables; without effect when
   *     {@code spark.sql.catalog.pathwise.type} names another
   * @param settings Spark's own settings, each key beginning with {@code spark.}
   * @throws IllegalStateException if a session runs already with another warehouse, master or value
   *     of a given setting; the message names each with both values
   * @throws io.pathwise.spark.table.WarehouseException if the warehouse is no path of a known file
   *     system
   */
  public static SparkSession create(
      String appName,
      Optional<String> master,
      WarehouseLocation warehouse,
      Map<String, String> settings) {
    Map<String, String> asked = asked(master, warehouse, settings);
    var running = SparkSession.getDefaultSession();
    return running.isDefined() && !running.get().sparkContext().isStopped()
        ? joined(running.get(), asked)
        : SparkSession.builder().config(complete(asked).setAppName(appName)).getOrCreate();
  }

  /**
   * The configuration that a session of these arguments would start with; starts none.
   *
   * @throws io.pathwise.spark.table.WarehouseException if the warehouse is no path of a known file
   *     system
   */
  public static SparkConf configuration(
      Optional<String> master, WarehouseLocation warehouse, Map<String, String> settings) {
    return complete(asked(master, warehouse, settings));
  }

  private static Map<String, String> asked(
      Optional<String> master, WarehouseLocation warehouse, Map<String, String> settings) {
    Map<String, String> asked = new TreeMap<>(settings);
    master.ifPresent(url -> asked.put(MASTER, url));
    asked.putIfAbsent(CATALOG_WAREHOUSE, warehouse.uri(hadoop(settings)));
    return asked;
  }

  private static SparkConf complete(Map<String, String> asked) {
    SparkConf conf = new SparkConf(true);
    asked.forEach(conf::set);
    readDefaults().forEach((key, value) -> conf.setIfMissing((String) key, (String) value));
    conf.setIfMissing(MASTER, "local[*]");
    if (conf.get(MASTER).startsWith("local")) {
      oneMachine(conf);
    }
    kryo(conf);
    append(conf, "spark.plugins", PathwisePlugin.class.getName());
    catalog(conf);
    return conf;
  }

  private static SparkSession joined(SparkSession running, Map<String, String> asked) {
    List<String> differences = new ArrayList<>();
    asked.forEach(
        (key, value) -> {
          String has = running.conf().get(key, running.sparkContext().getConf().get(key, ""));
          if (!value.equals(has) && !key.equals(REGISTRATOR) && !key.equals("spark.plugins")) {
            differences.add(
                "%s: asked for '%s', the running session has '%s'".formatted(key, value, has));
          }
        });
    if (!differences.isEmpty()) {
      throw new IllegalStateException(
          "a JVM has one Spark session, and it differs: " + String.join("; ", differences));
    }
    return running;
  }

  /** The Hadoop configuration that a session with these settings would have. */
  public static Configuration hadoop(Map<String, String> settings) {
    Configuration hadoop = new Configuration();
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(HADOOP)) {
            hadoop.set(key.substring(HADOOP.length()), value);
          }
        });
    return hadoop;
  }

  private static void kryo(SparkConf conf) {
    conf.set("spark.serializer", KryoSerializer.class.getName());
    conf.set("spark.kryo.registrationRequired", "true");
    append(conf, REGISTRATOR, PathwiseRegistrator.class.getName());
  }

  /** Puts ours before what a list of classes has already. */
  private static void append(SparkConf conf, String key, String ours) {
    String given = conf.get(key, "");
    conf.set(key, given.isEmpty() ? ours : ours + "," + given);
  }

  private static void catalog(SparkConf conf) {
    conf.setIfMissing(CATALOG, ResultCatalog.class.getName());
    conf.setIfMissing(CATALOG + ".type", "hadoop");
    conf.setIfMissing(CATALOG + ".default-namespace", Warehouse.NAMESPACE);
    // Other drivers write to the same tables: read what is there now.
    conf.setIfMissing(CATALOG + ".cache-enabled", "false");
    conf.setIfMissing("spark.sql.defaultCatalog", Warehouse.CATALOG);
    conf.setIfMissing("spark.sql.catalogImplementation", "in-memory");
    conf.setIfMissing("spark.sql.session.timeZone", "UTC");
  }

  /** Nothing leaves the machine, no host name is looked up, and no shuffle has 200 empty parts. */
  private static void oneMachine(SparkConf conf) {
    conf.setIfMissing("spark.driver.host", "127.0.0.1");
    conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.sql.shuffle.partitions", "4");
  }

  /** The defaults file of the class path, if there is one; spark-submit reads its own by itself. */
  private static Properties readDefaults() {
    Properties defaults = new Properties();
    URL file = Thread.currentThread().getContextClassLoader().getResource(DEFAULTS);
    if (file != null) {
      try (Reader reader = new InputStreamReader(file.openStream(), StandardCharsets.UTF_8)) {
        defaults.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("could not read " + file, e);
      }
    }
    return defaults;
  }
}
