package io.pathwise.spark.table;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Who holds a lock.
 *
 * @param host its machine
 * @param pid its process there
 * @param place what has to agree for the process number to mean the same: boot and namespace
 * @param began when the process started
 * @param since when it took the lock, by its own clock
 */
record LockOwner(String host, long pid, String place, String began, String since) {
  private static final String FORM = "%s\n%d\n%s\n%s\n%s\n";

  static String self() {
    return FORM.formatted(
        thisHost(),
        ProcessHandle.current().pid(),
        thisPlace(),
        startOf(ProcessHandle.current()),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  static LockOwner of(String content) {
    String[] lines = content.split("\n", -1);
    try {
      return new LockOwner(lines[0], Long.parseLong(lines[1]), lines[2], lines[3], lines[4]);
    } catch (ArrayIndexOutOfBoundsException | NumberFormatException halfWritten) {
      return new LockOwner("an unknown machine", 0, "", "", "?");
    }
  }

  /** Whether the process runs; nothing where that cannot be told from here. */
  Optional<Boolean> alive() {
    if (place.isEmpty() || !place.equals(thisPlace())) {
      return Optional.empty();
    }
    return Optional.of(
        ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .filter(process -> startOf(process).equals(began))
            .isPresent());
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("?");
  }

  private static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "an unnamed machine";
    }
  }

  /** The boot and the process namespace of a Linux machine; empty elsewhere. */
  private static String thisPlace() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException notLinux) {
      return "";
    }
  }

  @Override
  public String toString() {
    return "process %d on %s since %s".formatted(pid, host, since);
  }
}
