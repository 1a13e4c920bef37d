package io.pathwise.spark.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** Slices without their parts as Avro container files of one record. */
final class SliceCodec {
  static final String VERSION = "pathwise.version";
  static final int CURRENT = 2;

  private static final Schema RANGE =
      SchemaBuilder.record("ShardRange")
          .namespace("io.pathwise.checkpoint")
          .fields()
          .requiredLong("first")
          .requiredLong("last")
          .endRecord();

  private static final Schema PART =
      SchemaBuilder.record("Part")
          .namespace("io.pathwise.checkpoint")
          .fields()
          .name("shards")
          .type(RANGE)
          .noDefault()
          .requiredString("file")
          .requiredLong("bytes")
          .requiredInt("crc32c")
          .endRecord();

  private static final Schema TEXTS = SchemaBuilder.array().items().stringType();

  static final Schema SLICE =
      SchemaBuilder.record("Slice")
          .namespace("io.pathwise.checkpoint")
          .prop(VERSION, CURRENT)
          .fields()
          .requiredString("runId")
          .requiredString("name")
          .requiredString("asOf")
          .requiredString("identity")
          .requiredString("config")
          .requiredString("folder")
          .requiredString("plan")
          .requiredString("codeVersion")
          .requiredLong("number")
          .requiredLong("shards")
          .requiredInt("step")
          .requiredDouble("time")
          .requiredInt("steps")
          .requiredString("grid")
          .requiredLong("seed")
          .requiredLong("stream")
          .requiredLong("counter")
          .name("carried")
          .type(TEXTS)
          .noDefault()
          .name("companion")
          .type(TEXTS)
          .noDefault()
          .name("finished")
          .type(SchemaBuilder.array().items(RANGE))
          .noDefault()
          .requiredBytes("tally")
          .name("parts")
          .type(SchemaBuilder.array().items(PART))
          .noDefault()
          .name("lineage")
          .type(TEXTS)
          .noDefault()
          .requiredBytes("optimiser")
          .endRecord();

  private SliceCodec() {}

  static byte[] encode(Slice slice) {
    GenericRecord record = new GenericData.Record(SLICE);
    Slice.Origin origin = slice.origin();
    record.put("runId", origin.runId());
    record.put("name", origin.name());
    record.put("asOf", origin.asOf());
    record.put("identity", origin.identity());
    record.put("config", origin.config());
    record.put("folder", origin.folder());
    record.put("plan", origin.plan());
    record.put("codeVersion", origin.codeVersion());
    record.put("number", slice.number());
    record.put("shards", slice.shards());
    Slice.Position position = slice.position();
    record.put("step", position.step());
    record.put("time", position.time());
    record.put("steps", position.steps());
    record.put("grid", position.grid());
    record.put("seed", position.seed());
    record.put("stream", position.stream());
    record.put("counter", position.counter());
    record.put("carried", position.carried());
    record.put("companion", position.companion());
    record.put("finished", slice.finished().stream().map(SliceCodec::range).toList());
    record.put("tally", ByteBuffer.wrap(slice.tally()));
    record.put("parts", slice.parts().stream().map(SliceCodec::part).toList());
    record.put("lineage", slice.lineage());
    record.put("optimiser", ByteBuffer.wrap(slice.optimiser()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(SLICE))) {
      writer.create(SLICE, bytes);
      writer.append(record);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static GenericRecord range(ShardRange range) {
    GenericRecord record = new GenericData.Record(RANGE);
    record.put("first", range.first());
    record.put("last", range.last());
    return record;
  }

  private static GenericRecord part(Part part) {
    GenericRecord record = new GenericData.Record(PART);
    record.put("shards", range(part.shards()));
    record.put("file", part.file());
    record.put("bytes", part.bytes());
    record.put("crc32c", part.crc32c());
    return record;
  }

  /**
   * The slice of bytes whose checksum has been checked.
   *
   * @throws DamagedSliceException if they are no slice of this version
   */
  static Slice decode(byte[] bytes, String where) {
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(new SeekableByteArrayInput(bytes), new GenericDatumReader<>())) {
      Object version = reader.getSchema().getObjectProp(VERSION);
      if (!Integer.valueOf(CURRENT).equals(version)) {
        throw new DamagedSliceException(
            "%s: a slice of version %s, expected %d".formatted(where, version, CURRENT));
      }
      return slice(reader.next());
    } catch (IOException | AvroRuntimeException e) {
      throw new DamagedSliceException(where + ": not a slice", e);
    }
  }

  private static Slice slice(GenericRecord record) {
    return new Slice(
        new Slice.Origin(
            text(record, "runId"),
            text(record, "name"),
            text(record, "asOf"),
            text(record, "identity"),
            text(record, "config"),
            text(record, "folder"),
            text(record, "plan"),
            text(record, "codeVersion")),
        (Long) record.get("number"),
        new Slice.Position(
            (Integer) record.get("step"),
            (Double) record.get("time"),
            (Integer) record.get("steps"),
            text(record, "grid"),
            (Long) record.get("seed"),
            (Long) record.get("stream"),
            (Long) record.get("counter"),
            list(record, "carried", Object::toString),
            list(record, "companion", Object::toString)),
        (Long) record.get("shards"),
        list(record, "finished", SliceCodec::range),
        bytes(record, "tally"),
        list(record, "parts", SliceCodec::part),
        list(record, "lineage", Object::toString),
        bytes(record, "optimiser"));
  }

  private static ShardRange range(Object item) {
    GenericRecord record = (GenericRecord) item;
    return new ShardRange((Long) record.get("first"), (Long) record.get("last"));
  }

  private static Part part(Object item) {
    GenericRecord record = (GenericRecord) item;
    return new Part(
        range(record.get("shards")),
        text(record, "file"),
        (Long) record.get("bytes"),
        (Integer) record.get("crc32c"));
  }

  private static String text(GenericRecord record, String field) {
    return ((Utf8) record.get(field)).toString();
  }

  private static byte[] bytes(GenericRecord record, String field) {
    ByteBuffer buffer = (ByteBuffer) record.get(field);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static <T> List<T> list(GenericRecord record, String field, Function<Object, T> element) {
    return ((List<?>) record.get(field)).stream().<T>map(element).toList();
  }
}
