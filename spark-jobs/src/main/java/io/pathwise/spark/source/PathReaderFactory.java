package io.pathwise.spark.source;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Opens partitions on executors.
 *
 * @param plan the bytes of the plan, which delivers the observables time by time; null where rows
 *     need no simulation
 * @param times the times of the rows, years
 * @param columns the columns of a row
 * @param observables what the plan delivers at each time
 * @param shardSize paths a batch
 * @param backend the name of the executor of shards
 * @param device the device asked for; may be null
 * @param parityCheck how often a device is held against the CPU
 */
record PathReaderFactory(
    byte[] plan,
    double[] times,
    String[] columns,
    String[] observables,
    int shardSize,
    String backend,
    String device,
    String parityCheck)
    implements PartitionReaderFactory {

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    throw new UnsupportedOperationException("paths are read in columns");
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    return new PathReader(this, ((PathScan.PathPartition) partition).paths());
  }

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return true;
  }
}
