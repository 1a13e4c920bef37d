package io.pathwise.spark.job;

import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files a job file refers to, relative to its folder. Each is read once; the digest of what was
 * read is part of the identity of the run.
 */
final class Attachments {
  /** The largest file a job file may refer to, in bytes. */
  static final long LARGEST = 256L << 20;

  private final Path folder;
  private final boolean besideJob;
  private final Map<String, String> digests = new LinkedHashMap<>();
  private final Map<String, Optional<CsvTable>> tables = new LinkedHashMap<>();

  /**
   * The files of a job.
   *
   * @param besideJob whether they must be in the folder of the job file or below it
   */
  Attachments(Path folder, boolean besideJob) {
    this.folder = folder;
    this.besideJob = besideJob;
  }

  /** The table in the file that a key names; nothing, and a problem, where it cannot be read. */
  Optional<CsvTable> csv(Section section, String key) {
    Optional<String> name = section.text(key);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (!tables.containsKey(name.get())) {
      Optional<CsvTable> table =
          read(section, key, name.get()).flatMap(text -> parse(section, name.get(), text));
      tables.put(name.get(), table);
    }
    return tables.get(name.get());
  }

  private static Optional<CsvTable> parse(Section section, String name, String text) {
    return CsvTable.parse(name, text, section.problems());
  }

  private Optional<String> read(Section section, String key, String name) {
    ConfigValue value = section.object().get(key);
    String where = section.path(key);
    try {
      Path file = folder.resolve(name).normalize();
      if (besideJob && !file.toRealPath().startsWith(folder.toRealPath())) {
        section.complain(
            key,
            "is %s, expected a file in the folder of the job file (pathwise.files = beside-job)"
                .formatted(file.toRealPath()));
        return Optional.empty();
      }
      long size = Files.size(file);
      if (!Files.isRegularFile(file) || size > LARGEST) {
        section.complain(key, "expected a CSV file of at most " + LARGEST + " bytes");
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(file);
      digests.put(name, Digests.sha256(bytes));
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (NoSuchFileException e) {
      section.problems().at(where, value, "no such file " + e.getFile() + ", expected a CSV file");
    } catch (CharacterCodingException e) {
      section.problems().at(where, value, "expected a CSV file in UTF-8");
    } catch (IOException | InvalidPathException e) {
      section.problems().at(where, value, "cannot be read (" + e + "), expected a CSV file");
    }
    return Optional.empty();
  }

  /** The SHA-256 of each file by its name in the job file. */
  Map<String, String> digests() {
    return Map.copyOf(digests);
  }
}
