package io.pathwise.spark.calibrate;

import io.pathwise.calibrate.optimise.OptimiserState;
import io.pathwise.calibrate.optimise.StateCodec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of optimisers, a file a start and iteration; the newest two of a start stay. A file is
 * complete once it has its name, and carries a checksum. A state that cannot be written does not
 * end the fit: what it was for is a restart that may never come.
 */
final class StateFiles implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(StateFiles.class);
  private static final Pattern NAME = Pattern.compile("start-(\\d+)-(\\d)-(\\d+)\\.state");
  private static final int KEPT = 2;

  private final SerializableConfiguration hadoop;
  private final String directory;

  private StateFiles(SerializableConfiguration hadoop, String directory) {
    this.hadoop = hadoop;
    this.directory = directory;
  }

  /**
   * The states of one fit.
   *
   * @param dir the directory of checkpoints
   * @param digest tells the fit from others of the same run, such as one of other quotes
   */
  static StateFiles of(String dir, String runId, String digest, Configuration hadoop) {
    Path path = new Path(new Path(dir, runId), "fit-" + digest);
    return new StateFiles(new SerializableConfiguration(hadoop), path.toString());
  }

  private FileSystem fileSystem() throws IOException {
    return new Path(directory).getFileSystem(hadoop.value());
  }

  /** A state with the number of its stage. */
  record Stored(int stage, OptimiserState state) {}

  private record Found(Path path, int stage, int iteration) {}

  /** The newest sound state of a start. */
  Optional<Stored> newest(int start) {
    try {
      for (Found found : found(start)) {
        try (var in = fileSystem().open(found.path)) {
          return Optional.of(new Stored(found.stage, StateCodec.read(in.readAllBytes())));
        } catch (IllegalArgumentException | org.apache.hadoop.fs.ChecksumException damaged) {
          LOG.warn("{}: {}; the state before it is taken", found.path, damaged.getMessage());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Found> found(int start) throws IOException {
    List<Found> states = new ArrayList<>();
    try {
      for (FileStatus status : fileSystem().listStatus(new Path(directory))) {
        Matcher name = NAME.matcher(status.getPath().getName());
        if (name.matches() && Integer.parseInt(name.group(1)) == start) {
          int stage = Integer.parseInt(name.group(2));
          states.add(new Found(status.getPath(), stage, Integer.parseInt(name.group(3))));
        }
      }
    } catch (FileNotFoundException none) {
      return List.of();
    }
    states.sort(Comparator.comparing(Found::stage).thenComparing(Found::iteration).reversed());
    return states;
  }

  /** Stores the state of a start after an iteration of a stage. */
  void write(int start, int stage, OptimiserState state) {
    try {
      Path target =
          new Path(
              directory, "start-%04d-%d-%08d.state".formatted(start, stage, state.iteration()));
      Path temporary = new Path(directory, "." + UUID.randomUUID());
      FileSystem files = fileSystem();
      files.mkdirs(new Path(directory));
      OutputStream out = files.create(temporary, false);
      out.write(StateCodec.write(state));
      out.close();
      files.delete(target, false);
      if (!files.rename(temporary, target)) {
        throw new IOException(temporary + " could not be renamed to " + target.getName());
      }
      List<Found> all = found(start);
      for (Found old : all.subList(Math.min(KEPT, all.size()), all.size())) {
        files.delete(old.path, false);
      }
    } catch (IOException e) {
      LOG.warn("the state of start {} could not be stored: {}", start, e.getMessage());
    }
  }

  /** Deletes everything: the fit is done, or begins anew. */
  void clear() {
    try {
      fileSystem().delete(new Path(directory), true);
    } catch (IOException e) {
      LOG.warn("{} could not be deleted: {}", directory, e.getMessage());
    }
  }
}
