package io.pathwise.spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class DdlTest {

  private static final Path FILE =
      Path.of(System.getProperty("pathwise.root"), "deploy", "sql", "ddl.sql");

  /** {@code -Dpathwise.update=true} writes the file again. */
  @Test
  void theDdlFileIsWhatTheDeclarationsSay() throws IOException {
    String generated = Ddl.script(ResultTables.all());
    if (Boolean.getBoolean("pathwise.update")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, generated);
    }
    assertThat(FILE).content().isEqualTo(generated);
  }

  /** Under other names, for the shared warehouse has the tables of these names already. */
  @Test
  void theDdlMakesTheTablesThatPathwiseItselfMakes(SparkSession spark) throws Exception {
    List<TableSchema> renamed =
        ResultTables.all().stream()
            .map(table -> new TableSchema("ddl_" + table.name(), table.comment(), table.columns()))
            .toList();
    for (String statement : Ddl.script(renamed).split(";\n", -1)) {
      if (!statement.isBlank()) {
        spark.sql(statement);
      }
    }
    for (TableSchema declared : renamed) {
      Table made = Spark3Util.loadIcebergTable(spark, "pathwise.pathwise." + declared.name());
      assertThat(made.schema().sameSchema(declared.icebergSchema())).isTrue();
      assertThat(made.spec().compatibleWith(declared.partitionSpec())).isTrue();
      Map<String, String> properties = new HashMap<>(TableProperties.of(declared));
      assertThat(((HasTableOperations) made).operations().current().formatVersion())
          .hasToString(properties.remove("format-version"));
      assertThat(made.properties()).containsAllEntriesOf(properties);
      spark.sql("drop table " + declared.name());
    }
  }

  @Test
  void quotesInCommentsAreEscaped() {
    TableSchema table =
        TableSchema.of(
            "t", "It's a table.", Column.optional("x", ColumnType.INT, "The run's number."));
    assertThat(Ddl.script(List.of(table)))
        .contains("COMMENT 'The run\\'s number.'")
        .contains("'comment' = 'It\\'s a table.'");
  }
}
