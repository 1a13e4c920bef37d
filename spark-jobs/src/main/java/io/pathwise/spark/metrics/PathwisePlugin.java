package io.pathwise.spark.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows {@link PathMetrics} of every executor in Spark's metrics system: on the executor itself,
 * for sinks such as JMX or Graphite, and on the driver, whose Prometheus servlet serves all of
 * them.
 */
public final class PathwisePlugin implements SparkPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(PathwisePlugin.class);

  /** For Spark. */
  public PathwisePlugin() {}

  private record Report(String executor, PathMetrics.Snapshot numbers) implements Serializable {}

  @Override
  public DriverPlugin driverPlugin() {
    return new OfDriver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new OfExecutor();
  }

  private static final class OfDriver implements DriverPlugin {
    private final Map<String, PathMetrics.Snapshot> byExecutor = new ConcurrentHashMap<>();
    private MetricRegistry registry;

    @Override
    public Map<String, String> init(SparkContext spark, PluginContext context) {
      registry = context.metricRegistry();
      // Spark takes up a registry that is not empty; what is added later follows.
      for (String name : PathMetrics.SHARED.snapshot().byName().keySet()) {
        Gauge<Long> total = () -> total(name);
        registry.register(name, total);
      }
      return Map.of();
    }

    private long total(String name) {
      return byExecutor.values().stream().mapToLong(numbers -> numbers.byName().get(name)).sum();
    }

    @Override
    public Object receive(Object message) {
      Report report = (Report) message;
      if (byExecutor.put(report.executor(), report.numbers()) == null) {
        for (String name : report.numbers().byName().keySet()) {
          Gauge<Long> gauge = () -> byExecutor.get(report.executor()).byName().get(name);
          registry.register("executor." + report.executor() + "." + name, gauge);
        }
      }
      return null;
    }
  }

  private static final class OfExecutor implements ExecutorPlugin {
    private PluginContext context;

    @Override
    public void init(PluginContext plugin, Map<String, String> extra) {
      context = plugin;
      for (String name : PathMetrics.SHARED.snapshot().byName().keySet()) {
        Gauge<Long> gauge = () -> PathMetrics.SHARED.snapshot().byName().get(name);
        plugin.metricRegistry().register(name, gauge);
      }
    }

    @Override
    public void onTaskSucceeded() {
      try {
        context.send(new Report(context.executorID(), PathMetrics.SHARED.snapshot()));
      } catch (IOException e) {
        LOG.debug("the driver does not take metrics", e);
      }
    }
  }
}
