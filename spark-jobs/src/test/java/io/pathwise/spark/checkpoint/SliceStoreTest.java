package io.pathwise.spark.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliceStoreTest {
  private static final double[][] ROWS = {
    {1, Double.NEGATIVE_INFINITY, -0.0}, {4, 5, Double.MIN_VALUE}
  };
  private static final double[][] COMPANION = {{7, 8, 9}};

  @TempDir private Path folder;
  private SliceStore store;

  @BeforeEach
  void open() throws IOException {
    store = new SliceStore(folder.toString(), "run", new Configuration());
  }

  private Slice slice(long number, List<Part> parts) {
    return new Slice(
        new Slice.Origin(
            "run", "job", "2026-01-02", "a = 1\n", "a = 1 # \u00e9", "/x", "plan", "0.1"),
        number,
        new Slice.Position(3, 0.25, 12, "grid", -5, 0, 3, List.of("state S"), List.of()),
        2,
        List.of(new ShardRange(0, 1)),
        new byte[] {1, 2, 3},
        parts,
        List.of("a line"),
        new byte[0]);
  }

  private Part part(long number) throws IOException {
    try (PartWriter writer =
        new PartWriter(store.fileSystem(), store.path(number), new ShardRange(0, 1))) {
      writer.append(0, 3, ROWS, COMPANION);
      writer.append(1, 3, COMPANION, new double[0][]);
      return writer.finish();
    }
  }

  @Test
  void aSliceIsReadAsItWasWritten() throws IOException {
    Slice written = slice(1, List.of(part(1)));
    store.write(written);
    Slice read = store.verify(1);
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
    Part part = read.parts().get(0);
    try (PartReader reader = new PartReader(store.fileSystem(), store.path(1), part)) {
      PartReader.Carried first = reader.next(0, 3, 2, 1);
      assertThat(first.rows()).isDeepEqualTo(ROWS);
      assertThat(first.companion()).isDeepEqualTo(COMPANION);
      assertThat(reader.next(1, 3, 1, 0).rows()).isDeepEqualTo(COMPANION);
      assertThatThrownBy(() -> reader.next(2, 3, 1, 0)).isInstanceOf(DamagedSliceException.class);
    }
  }

  @Test
  void aPartThatDoesNotFitThePlanIsRefused() throws IOException {
    Part part = part(1);
    try (PartReader reader = new PartReader(store.fileSystem(), store.path(1), part)) {
      assertThatThrownBy(() -> reader.next(0, 3, 3, 1))
          .hasMessageContaining("48 bytes of rows, expected 3 x 3 doubles");
    }
    try (PartReader reader = new PartReader(store.fileSystem(), store.path(1), part)) {
      assertThatThrownBy(() -> reader.next(1, 3, 2, 1))
          .hasMessageContaining("shard 0 of 3 paths, expected shard 1 of 3");
    }
  }

  @Test
  void aSliceWithoutManifestIsIncompleteAndTheNewestSoundOneCounts() throws IOException {
    store.write(slice(1, List.of(part(1))));
    part(2);
    List<String> reports = new ArrayList<>();
    assertThat(store.complete(2)).isFalse();
    assertThat(store.newest(reports::add).orElseThrow().number()).isEqualTo(1);
    assertThat(store.numbers()).containsExactly(1L);
    assertThat(reports).isEmpty();
  }

  @Test
  void twoAttemptsAtAPartLeaveOneFile() throws IOException {
    Part first = part(1);
    assertThat(part(1).crc32c()).isNotZero(); // Avro's sync marker is random, the content is not
    try (Stream<Path> files = Files.list(folder.resolve("run").resolve("slice-000001"))) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> !n.endsWith(".crc")))
          .containsExactly(first.file());
    }
  }

  @Test
  void onlyTheNewestStay() throws IOException {
    for (long number = 1; number <= 4; number++) {
      store.write(slice(number, List.of()));
    }
    store.keep(2);
    assertThat(store.numbers()).containsExactly(4L, 3L);
    store.clear();
    assertThat(store.numbers()).isEmpty();
  }

  @Test
  void anotherVersionIsRefused() {
    byte[] bytes = SliceCodec.encode(slice(1, List.of()));
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] other =
        text.replace("\"pathwise.version\":" + SliceCodec.CURRENT, "\"pathwise.version\":7")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> SliceCodec.decode(other, "here"))
        .hasMessageContaining("here: a slice of version 7, expected " + SliceCodec.CURRENT);
  }
}
