package io.pathwise.spark.run;

import io.pathwise.solve.MemoryCarry;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.Shard;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.spark.checkpoint.Part;
import io.pathwise.spark.checkpoint.PartReader;
import io.pathwise.spark.checkpoint.PartWriter;
import io.pathwise.spark.checkpoint.ShardRange;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Where the tasks of a leg find what paths carry, and where they leave it.
 *
 * @param hadoop how to reach the files
 * @param from the slice that is read; null at the beginning
 * @param parts its parts by their shards
 * @param to the slice that is written; null at the end
 */
record CarryFiles(
    SerializableConfiguration hadoop, String from, Map<ShardRange, Part> parts, String to)
    implements Serializable {

  /** Of a run in one leg. */
  static CarryFiles none(Configuration hadoop) {
    return new CarryFiles(new SerializableConfiguration(hadoop), null, Map.of(), null);
  }

  /** Opens what a task reads and writes. */
  Open open(ShardRange range, SimulationPlan plan) throws IOException {
    return new Open(this, range, plan);
  }

  /** The open files of one task. */
  static final class Open implements Closeable {
    private final SimulationPlan plan;
    private final MemoryCarry fine = new MemoryCarry();
    private final MemoryCarry coarse = new MemoryCarry();
    private final PartReader reader;
    private final PartWriter writer;

    private Open(CarryFiles files, ShardRange range, SimulationPlan plan) throws IOException {
      this.plan = plan;
      Configuration hadoop = files.hadoop().value();
      this.reader =
          files.from() == null
              ? null
              : new PartReader(
                  fileSystem(files.from(), hadoop),
                  new Path(files.from()),
                  files.parts().get(range));
      this.writer =
          files.to() == null
              ? null
              : new PartWriter(fileSystem(files.to(), hadoop), new Path(files.to()), range);
    }

    private static FileSystem fileSystem(String path, Configuration hadoop) throws IOException {
      return new Path(path).getFileSystem(hadoop);
    }

    MemoryCarry fine() {
      return fine;
    }

    MemoryCarry coarse() {
      return coarse;
    }

    /** Before shards run: what their paths bring along. */
    void load(List<Shard> shards) {
      if (reader == null) {
        return;
      }
      int rows = rows(plan.fine());
      int companion = plan.coarse().map(Open::rows).orElse(0);
      for (Shard shard : shards) {
        PartReader.Carried carried = reader.next(shard.number(), shard.size(), rows, companion);
        fine.put(shard.number(), carried.rows());
        coarse.put(shard.number(), carried.companion());
      }
    }

    private static int rows(PathRun run) {
      return run.carriedRows(run.leg().from());
    }

    /** After shards ran: what their paths take along. */
    void store(List<Shard> shards) throws IOException {
      for (Shard shard : shards) {
        double[][] rows = fine.take(shard.number());
        double[][] companion = coarse.take(shard.number());
        if (writer != null) {
          double[][] none = {};
          writer.append(shard.number(), shard.size(), rows, companion == null ? none : companion);
        }
      }
    }

    /** All shards are done: the part, if one was written. */
    Optional<Part> finish() throws IOException {
      return writer == null ? Optional.empty() : Optional.of(writer.finish());
    }

    @Override
    public void close() throws IOException {
      if (reader != null) {
        reader.close();
      }
      if (writer != null) {
        writer.close();
      }
    }
  }
}
