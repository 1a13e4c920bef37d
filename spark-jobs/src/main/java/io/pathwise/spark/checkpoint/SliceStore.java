package io.pathwise.spark.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The stored slices of one run: a directory a slice, complete once its manifest stands there. The
 * manifest's name has the CRC-32C of its content.
 */
public final class SliceStore {
  private static final String SLICE = "slice-";
  private static final Pattern NAME = Pattern.compile(SLICE + "(\\d{6,})");
  private static final Pattern MANIFEST = Pattern.compile("manifest-([0-9a-f]{8})\\.avro");
  private static final String DAMAGED = "damaged-";
  private static final long LARGEST_MANIFEST = 1L << 30;

  private final FileSystem fileSystem;
  private final Path directory;

  /**
   * The slices of a run.
   *
   * @param dir the directory of checkpoints, any Hadoop path
   */
  public SliceStore(String dir, String runId, Configuration hadoop) throws IOException {
    Path root = new Path(dir);
    this.fileSystem = root.getFileSystem(hadoop);
    this.directory = new Path(fileSystem.makeQualified(root), runId);
  }

  /**
   * Makes the directory of checkpoints if it is missing, and writes and deletes a file in it.
   *
   * @throws IOException if that fails
   */
  public void requireWritable() throws IOException {
    Path root = directory.getParent();
    Path probe = new Path(root, ".pathwise-write-check-" + UUID.randomUUID());
    if (!fileSystem.mkdirs(root)) {
      throw new IOException("the directory could not be created");
    }
    OutputStream out = fileSystem.create(probe, false);
    out.close();
    fileSystem.delete(probe, false);
  }

  /** The ids of the runs with slices in a directory, in alphabetical order. */
  public static List<String> runs(String dir, Configuration hadoop) throws IOException {
    Path root = new Path(dir);
    try {
      return Arrays.stream(root.getFileSystem(hadoop).listStatus(root))
          .filter(FileStatus::isDirectory)
          .map(status -> status.getPath().getName())
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Where the files of a slice are. */
  public Path path(long number) {
    return new Path(directory, SLICE + "%06d".formatted(number));
  }

  /** The file system of the slices. */
  public FileSystem fileSystem() {
    return fileSystem;
  }

  /** The numbers of all slices, complete or not, newest first. */
  public List<Long> numbers() throws IOException {
    return children(directory).stream()
        .map(status -> NAME.matcher(status.getPath().getName()))
        .filter(Matcher::matches)
        .map(matcher -> Long.valueOf(matcher.group(1)))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** The names of the slices that were put aside as damaged. */
  public List<String> damaged() throws IOException {
    return children(directory).stream()
        .map(status -> status.getPath().getName())
        .filter(name -> name.startsWith(DAMAGED))
        .sorted()
        .toList();
  }

  private List<FileStatus> children(Path path) throws IOException {
    try {
      return List.of(fileSystem.listStatus(path));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Whether a slice has its manifest. */
  public boolean complete(long number) throws IOException {
    return manifest(number).isPresent();
  }

  private Optional<FileStatus> manifest(long number) throws IOException {
    return children(path(number)).stream()
        .filter(status -> MANIFEST.matcher(status.getPath().getName()).matches())
        .findFirst();
  }

  /** The bytes of a slice's files. */
  public long size(long number) throws IOException {
    return children(path(number)).stream().mapToLong(FileStatus::getLen).sum();
  }

  /** When a slice was completed, in milliseconds of the file system's clock. */
  public OptionalLong completedAt(long number) throws IOException {
    return manifest(number).stream().mapToLong(FileStatus::getModificationTime).findFirst();
  }

  /**
   * Reads a slice and checks that its parts are there in full length.
   *
   * @throws DamagedSliceException if anything is missing or not what was written
   */
  public Slice read(long number) throws IOException {
    FileStatus manifest =
        manifest(number)
            .orElseThrow(() -> new DamagedSliceException(path(number) + ": no manifest"));
    Slice slice = SliceCodec.decode(checked(manifest), manifest.getPath().toString());
    for (Part part : slice.parts()) {
      Path file = new Path(path(number), part.file());
      try {
        long bytes = fileSystem.getFileStatus(file).getLen();
        if (bytes != part.bytes()) {
          throw new DamagedSliceException(
              "%s: %d bytes, expected %d".formatted(file, bytes, part.bytes()));
        }
      } catch (FileNotFoundException e) {
        throw new DamagedSliceException(file + ": missing");
      }
    }
    return slice;
  }

  private byte[] checked(FileStatus manifest) throws IOException {
    if (manifest.getLen() > LARGEST_MANIFEST) {
      throw new DamagedSliceException(manifest.getPath() + ": too long for a manifest");
    }
    byte[] bytes;
    try (var in = fileSystem.open(manifest.getPath())) {
      bytes = in.readAllBytes();
    } catch (org.apache.hadoop.fs.ChecksumException e) {
      throw new DamagedSliceException(manifest.getPath() + ": damaged", e);
    }
    if (!manifest.getPath().getName().equals(name(bytes))) {
      throw new DamagedSliceException(
          "%s: its content belongs to %s".formatted(manifest.getPath(), name(bytes)));
    }
    return bytes;
  }

  private static String name(byte[] manifest) {
    CRC32C crc = new CRC32C();
    crc.update(manifest);
    return "manifest-%08x.avro".formatted((int) crc.getValue());
  }

  /**
   * Checks every byte of a slice.
   *
   * @throws DamagedSliceException if anything is missing or not what was written
   */
  public Slice verify(long number) throws IOException {
    Slice slice = read(number);
    for (Part part : slice.parts()) {
      PartReader.verify(fileSystem, path(number), part);
    }
    return slice;
  }

  /**
   * The newest slice that is sound as far as its manifest tells; those found damaged are put aside.
   *
   * @param report told about each damaged one
   */
  public Optional<Slice> newest(Consumer<String> report) throws IOException {
    for (long number : numbers()) {
      if (!complete(number)) {
        fileSystem.delete(path(number), true); // the run ended while it was written
        continue;
      }
      try {
        return Optional.of(read(number));
      } catch (DamagedSliceException e) {
        putAside(number);
        report.accept(e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** Takes a damaged slice out of the sequence and leaves its files for a person to look at. */
  public void putAside(long number) throws IOException {
    fileSystem.rename(path(number), new Path(directory, DAMAGED + path(number).getName()));
  }

  /** Writes the manifest of a slice, whose parts are there. */
  public void write(Slice slice) throws IOException {
    byte[] bytes = SliceCodec.encode(slice);
    Path target = new Path(path(slice.number()), name(bytes));
    Path temporary = new Path(path(slice.number()), "." + UUID.randomUUID());
    fileSystem.mkdirs(path(slice.number()));
    OutputStream out = fileSystem.create(temporary, false);
    out.write(bytes); // not try-with-resources: HDFS would throw one object twice
    out.close();
    if (!fileSystem.rename(temporary, target)) {
      throw new IOException(temporary + " could not be renamed to " + target.getName());
    }
  }

  /** Deletes a slice that did not become complete. */
  public void discard(long number) throws IOException {
    fileSystem.delete(path(number), true);
  }

  /** Deletes all but the newest complete slices, and what older runs left incomplete. */
  public void keep(int newest) throws IOException {
    List<Long> complete = new ArrayList<>();
    for (long number : numbers()) {
      if (complete(number)) {
        complete.add(number);
      }
    }
    for (long number : complete.subList(Math.min(newest, complete.size()), complete.size())) {
      fileSystem.delete(path(number), true);
    }
  }

  /** Deletes all slices of the run but those that were put aside. */
  public void clear() throws IOException {
    for (long number : numbers()) {
      discard(number);
    }
  }
}
