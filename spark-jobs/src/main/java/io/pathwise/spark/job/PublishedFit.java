package io.pathwise.spark.job;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A calibration that stands in the table of calibrations, which is what published means: where the
 * next one starts, what it is held against, and what other jobs take their parameters from.
 *
 * @param runId its run
 * @param asOf its date
 * @param values every parameter
 * @param errors the standard errors of those that were free
 */
public record PublishedFit(
    String runId,
    LocalDate asOf,
    SortedMap<String, Double> values,
    SortedMap<String, Double> errors) {

  /** Copies the maps. */
  public PublishedFit {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    errors = Collections.unmodifiableSortedMap(new TreeMap<>(errors));
  }

  /** Names its run and its date. */
  public String origin() {
    return "run " + runId + " of " + asOf;
  }

  /** Writes it, to be read by {@link #read}. */
  public void write(DataOutputStream out) throws IOException {
    out.writeUTF(runId);
    out.writeUTF(asOf.toString());
    for (Map<String, Double> map : List.of(values, errors)) {
      out.writeInt(map.size());
      for (Map.Entry<String, Double> entry : map.entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeDouble(entry.getValue());
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static PublishedFit read(DataInputStream in) throws IOException {
    return new PublishedFit(in.readUTF(), LocalDate.parse(in.readUTF()), map(in), map(in));
  }

  private static SortedMap<String, Double> map(DataInputStream in) throws IOException {
    SortedMap<String, Double> map = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      map.put(in.readUTF(), in.readDouble());
    }
    return map;
  }
}
