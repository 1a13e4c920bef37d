package io.pathwise.spark.run;

import io.pathwise.spark.checkpoint.DamagedSliceException;
import io.pathwise.spark.checkpoint.Slice;
import io.pathwise.spark.checkpoint.SliceStore;
import io.pathwise.spark.cli.Slices;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobFile;
import io.pathwise.spark.report.ResultTable;
import io.pathwise.spark.session.SparkSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Reads stored slices without a Spark session. */
public final class StoredSlices implements Slices {
  private static final List<String> COLUMNS =
      List.of(
          "slice",
          "t",
          "step",
          "steps",
          "shards_done",
          "shards",
          "bytes",
          "completed_at",
          "health");

  /** For {@link java.util.ServiceLoader}. */
  public StoredSlices() {}

  @Override
  public ResultTable list(String dir, String runId, Map<String, String> sparkConf) {
    List<List<Object>> rows = new ArrayList<>();
    try {
      SliceStore store = new SliceStore(dir, runId, SparkSessions.hadoop(sparkConf));
      for (long number : store.numbers()) {
        rows.add(row(store, number));
      }
      for (String name : store.damaged()) {
        List<Object> row = new ArrayList<>(Collections.nCopies(COLUMNS.size(), null));
        row.set(0, name);
        row.set(COLUMNS.size() - 1, "damaged, put aside by a resumed run");
        rows.add(row);
      }
    } catch (IOException e) {
      throw unreadable(dir, e);
    }
    if (rows.isEmpty()) {
      throw none(dir, runId);
    }
    return new ResultTable(COLUMNS, rows);
  }

  private static List<Object> row(SliceStore store, long number) throws IOException {
    if (!store.complete(number)) {
      return Arrays.asList(
          number, null, null, null, null, null, store.size(number), null, "incomplete");
    }
    Instant completed = Instant.ofEpochMilli(store.completedAt(number).orElse(0));
    try {
      Slice slice = store.verify(number);
      Slice.Position position = slice.position();
      return Arrays.asList(
          number,
          position.time(),
          position.step(),
          position.steps(),
          slice.finishedShards(),
          slice.shards(),
          store.size(number),
          completed,
          "ok");
    } catch (DamagedSliceException e) {
      return Arrays.asList(
          number,
          null,
          null,
          null,
          null,
          null,
          store.size(number),
          completed,
          "damaged: " + e.getMessage());
    }
  }

  @Override
  public Stored job(
      String dir, String runId, Map<String, String> sparkConf, Map<String, String> overrides) {
    try {
      SliceStore store = new SliceStore(dir, runId, SparkSessions.hadoop(sparkConf));
      for (long number : store.numbers()) {
        if (store.complete(number)) {
          Slice.Origin origin = store.read(number).origin();
          return new Stored(
              JobFile.stored(origin.config(), "run " + runId, Path.of(origin.folder()), overrides),
              LocalDate.parse(origin.asOf()));
        }
      }
    } catch (IOException | DamagedSliceException e) {
      throw unreadable(dir, e);
    }
    throw none(dir, runId);
  }

  private static BadJobException none(String dir, String runId) {
    return new BadJobException(
        List.of(
            "RUN = %s: no checkpoints of it in %s, expected a run with some"
                .formatted(runId, dir)));
  }

  private static BadJobException unreadable(String dir, Exception e) {
    return new BadJobException(
        List.of("checkpoint.dir = '%s': cannot be read: %s".formatted(dir, e.getMessage())), e);
  }
}
