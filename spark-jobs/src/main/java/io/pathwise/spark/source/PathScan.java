package io.pathwise.spark.source;

import io.pathwise.solve.PlanCodec;
import io.pathwise.spark.job.JobSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;

/** Reads some columns of some paths at some times. */
final class PathScan implements Scan, Batch, SupportsReportStatistics {
  private static final int PARTITIONS_PER_CORE = 4;

  private final PathTable table;
  private final StructType columns;
  private final PathRange paths;
  private final List<Double> times;
  private final List<Predicate> pushed;

  PathScan(
      PathTable table,
      StructType columns,
      PathRange paths,
      List<Double> times,
      List<Predicate> pushed) {
    this.table = table;
    this.columns = columns;
    this.paths = paths;
    this.times = times;
    this.pushed = List.copyOf(pushed);
  }

  @Override
  public StructType readSchema() {
    return columns;
  }

  @Override
  public String description() {
    return "pathwise %s, paths %d to %d of %d, t in %s, columns %s, pushed %s"
        .formatted(
            table.job().name(),
            paths.first(),
            paths.last(),
            table.job().simulation().paths(),
            times,
            Arrays.toString(columns.fieldNames()),
            pushed);
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  /** Ranges that end with a shard, several a core. */
  @Override
  public InputPartition[] planInputPartitions() {
    List<InputPartition> partitions = new ArrayList<>();
    if (times.isEmpty() || paths.size() == 0) {
      return new InputPartition[0];
    }
    int shard = table.job().simulation().shardSize();
    long firstShard = paths.first() / shard;
    long shards = paths.last() / shard - firstShard + 1;
    int cores = SparkSession.active().sparkContext().defaultParallelism();
    long parts = Math.min(shards, (long) PARTITIONS_PER_CORE * cores);
    for (long p = 0; p < parts; p++) {
      PathRange range =
          paths
              .atLeast((firstShard + p * shards / parts) * shard)
              .atMost((firstShard + (p + 1) * shards / parts) * shard - 1);
      partitions.add(new PathPartition(range));
    }
    return partitions.toArray(InputPartition[]::new);
  }

  /** A partition: its paths. */
  record PathPartition(PathRange paths) implements InputPartition {}

  @Override
  public PartitionReaderFactory createReaderFactory() {
    JobSpec job = table.job();
    List<String> observables = new ArrayList<>();
    for (String name : columns.fieldNames()) {
      if (!name.equals(PathTable.PATH) && !name.equals(PathTable.TIME)) {
        observables.add(name);
      }
    }
    if (observables.isEmpty() && job.simulation().dropsPaths()) {
      // which paths there are is known once they have been simulated
      observables.add(table.structure().fieldNames()[2]);
    }
    Optional<byte[]> plan = table.plan().reading(observables, times).map(PlanCodec::encode);
    return new PathReaderFactory(
        plan.orElse(null),
        times.stream().mapToDouble(Double::doubleValue).toArray(),
        columns.fieldNames(),
        observables.toArray(String[]::new),
        job.simulation().shardSize(),
        job.simulation().backend().name().equals("GPU") ? "gpu" : "cpu",
        job.gpu().device().orElse(null),
        job.gpu().parityCheck().name());
  }

  @Override
  public Statistics estimateStatistics() {
    long rows = Math.multiplyExact(paths.size(), (long) times.size());
    return new Statistics() {
      @Override
      public OptionalLong sizeInBytes() {
        return OptionalLong.of(rows * Double.BYTES * columns.length());
      }

      @Override
      public OptionalLong numRows() {
        return OptionalLong.of(rows);
      }
    };
  }
}
