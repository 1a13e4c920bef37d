package io.pathwise.spark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  private static final long BEAT_MS = 100;

  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();

  private RunLock take() {
    return RunLock.take(
        new WarehouseLocation(folder.toString()), "r1", new Configuration(), notes::add, BEAT_MS);
  }

  private Path file() {
    return folder.resolve(".pathwise-locks").resolve("r1");
  }

  @Test
  void oneDriverHasARunAndTheOtherIsToldWho() {
    try (RunLock lock = take()) {
      lock.require();
      assertThatThrownBy(this::take)
          .isInstanceOf(RunLock.RunningElsewhereException.class)
          .hasMessageMatching(
              "run r1 is running already: process "
                  + ProcessHandle.current().pid()
                  + " on .+ since"
                  + " .+; wait for its end, or name another run with --run-id");
    }
    assertThat(file()).doesNotExist();
    take().close();
  }

  @Test
  void ofManyThatTryAtOnceOneWins() throws Exception {
    int drivers = 8;
    CyclicBarrier start = new CyclicBarrier(drivers);
    ExecutorService pool = Executors.newFixedThreadPool(drivers);
    List<Future<RunLock>> tries = new ArrayList<>();
    for (int d = 0; d < drivers; d++) {
      tries.add(
          pool.submit(
              () -> {
                start.await();
                try {
                  return take();
                } catch (RunLock.RunningElsewhereException e) {
                  return null;
                }
              }));
    }
    List<RunLock> winners = new ArrayList<>();
    for (Future<RunLock> one : tries) {
      if (one.get() != null) {
        winners.add(one.get());
      }
    }
    pool.shutdown();
    assertThat(winners).hasSize(1);
    winners.get(0).close();
  }

  @Test
  void theLockOfADeadProcessOfThisMachineIsTakenOverAtOnce() throws IOException {
    try (RunLock lock = take()) {
      lock.require();
      String content = Files.readString(file());
      // a process number that is not in use, or that another process has now
      Files.writeString(
          file(),
          content.replaceFirst("\n" + ProcessHandle.current().pid() + "\n", "\n999999999\n"));
      try (RunLock second = take()) {
        second.require();
        assertThat(notes).anyMatch(note -> note.startsWith("run r1 was left by process 999999999"));
        assertThatThrownBy(lock::require)
            .isInstanceOf(WarehouseException.class)
            .hasMessageContaining("run r1 was taken over by process");
      }
    }
  }

  private static final String ELSEWHERE = "far\n77\nanother boot\n?\n2026-01-02T03:04:05Z\nx\n";

  @Test
  void aLockOfAnotherMachineThatNobodyTouchesIsTakenOver() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), ELSEWHERE);
    try (RunLock lock = take()) {
      lock.require();
      assertThat(notes)
          .anyMatch(note -> note.startsWith("run r1 is locked by process 77 on far since"))
          .anyMatch(note -> note.startsWith("run r1 was left by process 77 on far"));
    }
  }

  @Test
  void aLockOfAnotherMachineThatIsTouchedStays() throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), ELSEWHERE);
    Thread other =
        new Thread(
            () -> {
              long time = 1_000_000;
              while (!Thread.interrupted()) {
                file().toFile().setLastModified(time += 5_000);
              }
            });
    other.start();
    try {
      assertThatThrownBy(this::take)
          .isInstanceOf(RunLock.RunningElsewhereException.class)
          .hasMessageContaining("process 77 on far since 2026-01-02T03:04:05Z");
    } finally {
      other.interrupt();
      other.join();
    }
  }
}
