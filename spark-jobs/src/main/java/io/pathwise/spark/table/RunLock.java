package io.pathwise.spark.table;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a run id is worked on by one driver at a time: a file in the warehouse that its
 * owner touches every few seconds. A lock whose owner is known to be dead, or that nobody has
 * touched for a while, is taken over; clocks of machines are never compared.
 */
public final class RunLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
  private static final String DIRECTORY = ".pathwise-locks";
  private static final long BEAT_MS = 5_000;

  /** Signs of life that have to be missing. */
  private static final int MISSED = 3;

  private final FileSystem fileSystem;
  private final Path file;
  private final String content;
  private final ScheduledFuture<?> beats;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "pathwise-lock");
            thread.setDaemon(true);
            return thread;
          });

  private RunLock(FileSystem fileSystem, Path file, String content, long beatMs) {
    this.fileSystem = fileSystem;
    this.file = file;
    this.content = content;
    this.beats = heart.scheduleAtFixedRate(this::beat, beatMs, beatMs, TimeUnit.MILLISECONDS);
  }

  /**
   * Takes the lock of a run.
   *
   * @param notes told about a lock that is waited for or taken over
   * @throws RunningElsewhereException if another driver works on the run
   */
  public static RunLock take(
      WarehouseLocation warehouse, String runId, Configuration hadoop, Consumer<String> notes) {
    return take(warehouse, runId, hadoop, notes, BEAT_MS);
  }

  static RunLock take(
      WarehouseLocation warehouse,
      String runId,
      Configuration hadoop,
      Consumer<String> notes,
      long beatMs) {
    Path file = new Path(new Path(warehouse.uri(hadoop), DIRECTORY), runId);
    String content = LockOwner.self() + UUID.randomUUID() + "\n";
    try {
      FileSystem fileSystem = file.getFileSystem(hadoop);
      fileSystem.mkdirs(file.getParent());
      while (!create(fileSystem, file, content)) {
        Optional<String> other = read(fileSystem, file);
        if (other.isPresent()) {
          requireDead(fileSystem, file, other.get(), runId, notes, beatMs);
          remove(fileSystem, file, other.get());
          notes.accept(
              "run %s was left by %s, which is gone".formatted(runId, LockOwner.of(other.get())));
        }
      }
      return new RunLock(fileSystem, file, content, beatMs);
    } catch (IOException e) {
      throw new WarehouseException(
          "%s: the lock of run %s could not be taken: %s"
              .formatted(WarehouseLocation.KEY, runId, e.getMessage()),
          e);
    }
  }

  /** Another driver works on the run. */
  public static final class RunningElsewhereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunningElsewhereException(String runId, String owner) {
      super(
          "run %s is running already: %s; wait for its end, or name another run with --run-id"
              .formatted(runId, owner));
    }
  }

  /** Creates the file unless it is there; atomic on HDFS, and on local file systems. */
  private static boolean create(FileSystem fileSystem, Path file, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try {
      if (fileSystem instanceof LocalFileSystem local) {
        Files.write(
            local.pathToFile(file).toPath(),
            bytes,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
        return true;
      }
      try (OutputStream out = fileSystem.create(file, false)) {
        out.write(bytes);
      }
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return false;
    }
  }

  private static Optional<String> read(FileSystem fileSystem, Path file) throws IOException {
    try (var in = fileSystem.open(file)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException gone) {
      return Optional.empty();
    }
  }

  /** Returns once the owner has shown no sign of life for long enough, or is known to be dead. */
  private static void requireDead(
      FileSystem fileSystem,
      Path file,
      String other,
      String runId,
      Consumer<String> notes,
      long beatMs)
      throws IOException {
    LockOwner owner = LockOwner.of(other);
    Optional<Boolean> alive = owner.alive();
    if (alive.isPresent()) {
      if (alive.get()) {
        throw new RunningElsewhereException(runId, owner.toString());
      }
      return;
    }
    notes.accept(
        "run %s is locked by %s: waiting %d s for a sign of life"
            .formatted(runId, owner, MISSED * beatMs / 1000));
    long touched = touched(fileSystem, file);
    for (int beat = 0; beat < MISSED; beat++) {
      sleep(beatMs);
      if (touched(fileSystem, file) != touched) {
        throw new RunningElsewhereException(runId, owner.toString());
      }
    }
  }

  private static long touched(FileSystem fileSystem, Path file) throws IOException {
    try {
      return fileSystem.getFileStatus(file).getModificationTime();
    } catch (FileNotFoundException gone) {
      return -1;
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WarehouseException("interrupted while it waited for the lock of a run", e);
    }
  }

  /** Removes the lock of a dead owner; of several drivers that try, one takes the file away. */
  private static void remove(FileSystem fileSystem, Path file, String expected) throws IOException {
    Path aside = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID());
    if (fileSystem.rename(file, aside)) {
      if (!read(fileSystem, aside).equals(Optional.of(expected))) {
        fileSystem.rename(aside, file); // another driver was faster: the lock is its own
      }
      fileSystem.delete(aside, false);
    }
  }

  private void beat() {
    try {
      fileSystem.setTimes(file, System.currentTimeMillis(), -1);
    } catch (IOException | RuntimeException e) {
      LOG.warn("the lock {} could not be renewed: {}", file, e.getMessage());
    }
  }

  /**
   * Makes sure that the lock is still this driver's.
   *
   * @throws WarehouseException if another driver has taken over
   */
  public void require() {
    try {
      Optional<String> now = read(fileSystem, file);
      if (!now.equals(Optional.of(content))) {
        throw new WarehouseException(
            "run %s was taken over by %s while this driver was silent: nothing is written"
                .formatted(
                    file.getName(), now.map(text -> LockOwner.of(text).toString()).orElse("?")));
      }
    } catch (IOException e) {
      throw new WarehouseException("the lock %s cannot be read: %s".formatted(file, e), e);
    }
  }

  @Override
  public void close() {
    beats.cancel(false);
    heart.shutdownNow();
    try {
      if (read(fileSystem, file).equals(Optional.of(content))) {
        fileSystem.delete(file, false);
      }
    } catch (IOException e) {
      LOG.warn("the lock {} stays behind: {}", file, e.getMessage());
    }
  }
}
