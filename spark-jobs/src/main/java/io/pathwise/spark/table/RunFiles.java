package io.pathwise.spark.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.util.StructLikeWrapper;

/** The data files of one run in one table. */
final class RunFiles {

  private final Table table;
  private final String runId;
  private final Expression ofRun;

  RunFiles(Table table, String runId) {
    this.table = table;
    this.runId = runId;
    this.ofRun = Expressions.equal(TableSchema.RUN, runId);
  }

  /** The files of a snapshot that may hold rows of the run, by their bounds. */
  List<DataFile> candidates(long snapshot) {
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshot).filter(ofRun).includeColumnStats().planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Whether a file has rows of this run alone; after a compaction it can have others. */
  boolean holdsRunAlone(DataFile file) {
    int id = table.schema().findField(TableSchema.RUN).fieldId();
    ByteBuffer bound = Conversions.toByteBuffer(ColumnType.STRING.icebergType(), runId);
    return file.lowerBounds() != null
        && file.upperBounds() != null
        && bound.equals(file.lowerBounds().get(id))
        && bound.equals(file.upperBounds().get(id));
  }

  /** The number of rows that the run has in a snapshot, read back from the files. */
  long countRows(long snapshot) {
    long count = 0;
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table)
            .useSnapshot(snapshot)
            .where(ofRun)
            .select(TableSchema.RUN)
            .build()) {
      for (Record ignored : rows) {
        count++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count;
  }

  /** Writes rows of one partition into a new data file, which no snapshot names yet. */
  DataFile write(List<Record> rows) {
    PartitionKey partition = new PartitionKey(table.spec(), table.schema());
    partition.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(rows.get(0)));
    DataWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table)
            .dataFileFormat(FileFormat.PARQUET)
            .dataSchema(table.schema())
            .build()
            .newDataWriter(newFile(table.spec(), partition), table.spec(), partition);
    try (writer) {
      rows.forEach(writer::write);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toDataFile();
  }

  /** Delete files that take the run's rows out of data files which hold others' too. */
  List<DeleteFile> deletes(List<DataFile> shared) {
    Map<StructLikeWrapper, DataFile> partitions = new LinkedHashMap<>();
    for (DataFile file : shared) {
      partitions.putIfAbsent(
          StructLikeWrapper.forType(table.specs().get(file.specId()).partitionType())
              .set(file.partition()),
          file);
    }
    return partitions.values().stream().map(this::deleteIn).toList();
  }

  private DeleteFile deleteIn(DataFile neighbour) {
    PartitionSpec spec = table.specs().get(neighbour.specId());
    Schema key = table.schema().select(TableSchema.RUN);
    Record row = GenericRecord.create(key);
    row.setField(TableSchema.RUN, runId);
    EqualityDeleteWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table)
            .deleteFileFormat(FileFormat.PARQUET)
            .equalityDeleteRowSchema(key)
            .equalityFieldIds(new int[] {key.findField(TableSchema.RUN).fieldId()})
            .build()
            .newEqualityDeleteWriter(
                newFile(spec, neighbour.partition()), spec, neighbour.partition());
    try (writer) {
      writer.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toDeleteFile();
  }

  private EncryptedOutputFile newFile(PartitionSpec spec, StructLike partition) {
    return OutputFileFactory.builderFor(table, 0, 0)
        .operationId(UUID.randomUUID().toString())
        .format(FileFormat.PARQUET)
        .build()
        .newOutputFile(spec, partition);
  }
}
