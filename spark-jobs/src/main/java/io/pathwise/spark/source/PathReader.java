package io.pathwise.spark.source;

import io.pathwise.solve.Carry;
import io.pathwise.solve.DeviceRequest;
import io.pathwise.solve.ParityCheck;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.PlanCodec;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardExecutor;
import io.pathwise.solve.ShardRunner;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Simulates the paths of a partition a shard at a time; a batch is a shard at one time. The vectors
 * are made once and filled again.
 */
final class PathReader implements PartitionReader<ColumnarBatch>, PathSink {
  private final PathReaderFactory query;
  private final ShardRunner runner;
  private final double[][] values;
  private final long[] paths;
  private final WritableColumnVector[] vectors;
  private final ColumnarBatch batch;
  private final long last;
  private long next;
  private int rows;
  private int time;

  PathReader(PathReaderFactory query, PathRange range) {
    this.query = query;
    this.next = range.first();
    this.last = range.last();
    this.time = query.times().length;
    this.paths = new long[query.shardSize()];
    this.runner = query.plan() == null ? null : open(query);
    this.values = new double[query.times().length * query.observables().length][query.shardSize()];
    this.vectors =
        Arrays.stream(query.columns())
            .map(
                name ->
                    new OnHeapColumnVector(
                        query.shardSize(),
                        name.equals(PathTable.PATH) ? DataTypes.LongType : DataTypes.DoubleType))
            .toArray(WritableColumnVector[]::new);
    this.batch = new ColumnarBatch(vectors);
  }

  private static ShardRunner open(PathReaderFactory query) {
    PathRun run = PlanCodec.decode(query.plan()).fine();
    ShardExecutor executor =
        ShardExecutor.installed()
            .filter(found -> found.backend().equals(query.backend()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException("no executor " + query.backend() + " is installed"));
    return executor.open(
        run,
        new DeviceRequest(
            Optional.ofNullable(query.device()),
            Optional.empty(),
            ParityCheck.valueOf(query.parityCheck())));
  }

  @Override
  public boolean next() {
    time++;
    while (time >= query.times().length) {
      if (next > last) {
        return false;
      }
      simulate();
      time = rows > 0 ? 0 : query.times().length;
    }
    fill();
    return true;
  }

  /** The next shard, or what of it belongs to the partition. */
  private void simulate() {
    long shard = next / query.shardSize();
    rows = (int) (Math.min(last + 1, (shard + 1) * query.shardSize()) - next);
    for (int i = 0; i < rows; i++) {
      paths[i] = next + i;
    }
    if (runner != null) {
      runner.run(List.of(new Shard(shard, next, rows)), this, new Nowhere());
    }
    next = (shard + 1) * query.shardSize();
  }

  /** The runner stops before the end of the grid, and nobody goes on. */
  private static final class Nowhere implements Carry {
    @Override
    public double[][] start(Shard shard) {
      throw new IllegalStateException("paths begin at 0");
    }

    @Override
    public void end(Shard shard, double[][] rows) {}
  }

  @Override
  public void accept(int output, long[] numbers, double[] block, int n) {
    rows = n;
    System.arraycopy(numbers, 0, paths, 0, n);
    System.arraycopy(block, 0, values[output], 0, n);
  }

  private void fill() {
    List<String> observables = List.of(query.observables());
    for (int c = 0; c < vectors.length; c++) {
      WritableColumnVector vector = vectors[c];
      vector.reset();
      switch (query.columns()[c]) {
        case PathTable.PATH -> vector.putLongs(0, rows, paths, 0);
        case PathTable.TIME -> vector.putDoubles(0, rows, query.times()[time]);
        default -> {
          int o = observables.indexOf(query.columns()[c]);
          vector.putDoubles(0, rows, values[time * observables.size() + o], 0);
        }
      }
    }
    batch.setNumRows(rows);
  }

  @Override
  public ColumnarBatch get() {
    return batch;
  }

  @Override
  public void close() {
    batch.close();
  }
}
