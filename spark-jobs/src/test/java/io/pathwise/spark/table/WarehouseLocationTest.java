package io.pathwise.spark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseLocationTest {

  private final Configuration hadoop = new Configuration();

  @Test
  void aMissingDirectoryIsMadeAndLeftEmpty(@TempDir Path directory) {
    Path warehouse = directory.resolve("a/b");
    new WarehouseLocation(warehouse.toString()).checkWritable(hadoop);
    assertThat(warehouse).isEmptyDirectory();
  }

  @Test
  void aFileInTheWayIsAnErrorThatNamesTheKeyTheValueAndTheCause(@TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "in the way");
    String value = file.resolve("warehouse").toString();
    assertThatExceptionOfType(WarehouseException.class)
        .isThrownBy(() -> new WarehouseLocation(value).checkWritable(hadoop))
        .withMessageContaining("pathwise.warehouse = '" + value + "'")
        .withMessageContaining("expected a directory that can be written")
        .withCauseInstanceOf(IOException.class);
  }

  @Test
  void anUnknownFileSystemIsAnError() {
    assertThatExceptionOfType(WarehouseException.class)
        .isThrownBy(() -> new WarehouseLocation("nosuch://host/x").checkWritable(hadoop))
        .withMessageContaining("pathwise.warehouse = 'nosuch://host/x'")
        .withMessageContaining("nosuch");
  }

  @Test
  void textThatIsNoPathIsAnError() {
    assertThatExceptionOfType(WarehouseException.class)
        .isThrownBy(() -> new WarehouseLocation("a:b:c d").uri(hadoop))
        .withMessageContaining("pathwise.warehouse = 'a:b:c d'");
  }

  @Test
  void anEmptyValueIsAnError() {
    assertThatExceptionOfType(WarehouseException.class)
        .isThrownBy(() -> new WarehouseLocation(" "))
        .withMessageContaining("pathwise.warehouse");
  }

  @Test
  void aRelativePathBecomesAbsolute() {
    assertThat(new WarehouseLocation("./warehouse").uri(hadoop)).startsWith("file:/");
  }
}
