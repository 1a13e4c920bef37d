package io.pathwise.spark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.session.SparkSessions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class WarehouseTest {

  private static final TableSchema OLD =
      TableSchema.of("grown", "A table.", Column.required("x", ColumnType.INT, "A count (1)."));

  private static final TableSchema NEW =
      TableSchema.of(
          "grown",
          "A table.",
          Column.required("x", ColumnType.INT, "A count (1)."),
          Column.optional("y", ColumnType.DOUBLE, "A number (1)."));

  private static final TableSchema CONFLICTING =
      TableSchema.of("grown", "A table.", Column.required("x", ColumnType.STRING, "A text."));

  private TestCatalog catalog;

  @BeforeEach
  void anEmptyWarehouse(@TempDir Path directory) {
    catalog = TestCatalog.in(directory);
  }

  @Test
  void openingMakesEveryTableOnceAndOpeningAgainKeepsThem() {
    catalog.open();
    var first = catalog.table(ResultTables.NPV).uuid();
    catalog.open();
    assertThat(catalog.catalog().listTables(Namespace.of(Warehouse.NAMESPACE)))
        .extracting(TableIdentifier::name)
        .containsExactlyInAnyOrderElementsOf(
            ResultTables.all().stream().map(TableSchema::name).toList());
    assertThat(catalog.table(ResultTables.NPV).uuid()).isEqualTo(first);
  }

  @Test
  void tablesArePartitionedByTheValuationDate() {
    catalog.open();
    for (TableSchema table : ResultTables.all()) {
      assertThat(catalog.table(table).spec().fields()).extracting("name").containsExactly("as_of");
    }
  }

  @Test
  void aTableThatLacksADeclaredColumnGetsIt() {
    Warehouse.open(catalog.catalog(), List.of(OLD));
    Warehouse.open(catalog.catalog(), List.of(NEW));
    assertThat(catalog.table(NEW).schema().findField("y").doc()).isEqualTo("A number (1).");
  }

  @Test
  void aColumnOfAnotherTypeIsAnError() {
    Warehouse.open(catalog.catalog(), List.of(OLD));
    assertThatExceptionOfType(WarehouseException.class)
        .isThrownBy(() -> Warehouse.open(catalog.catalog(), List.of(CONFLICTING)))
        .withMessageContaining("grown: column x: expected type string, got int");
  }

  @Test
  void aWarehouseExistsOnceItWasOpenedAndAskingMakesNone(@TempDir Path empty) {
    Path missing = empty.resolve("none");
    assertThat(Warehouse.exists(configuration(missing))).isFalse();
    assertThat(missing).doesNotExist();
    TestCatalog.in(missing).open();
    assertThat(Warehouse.exists(configuration(missing))).isTrue();
  }

  @Test
  void aCatalogThatCannotBeMadeIsAnErrorThatNamesItsKeys(@TempDir Path directory) {
    SparkConf conf =
        configuration(directory).set("spark.sql.catalog.pathwise.type", "no-such-type");
    assertThatExceptionOfType(WarehouseException.class)
        .isThrownBy(() -> Warehouse.exists(conf))
        .withMessageContaining("pathwise.warehouse (catalog spark.sql.catalog.pathwise)")
        .withMessageContaining("no-such-type");
  }

  @Test
  void everyColumnHasItsCommentInTheCatalog(SparkSession spark, Warehouse opened) {
    for (TableSchema table : ResultTables.all()) {
      Map<String, String> comments =
          spark.sql("describe " + table.name()).collectAsList().stream()
              .filter(row -> !row.getString(0).startsWith("#"))
              .collect(
                  Collectors.toMap(row -> row.getString(0), row -> row.getString(2), (a, b) -> a));
      table
          .columns()
          .forEach(column -> assertThat(comments).containsEntry(column.name(), column.comment()));
    }
  }

  private static SparkConf configuration(Path warehouse) {
    return SparkSessions.configuration(
        Optional.empty(), new WarehouseLocation(warehouse.toString()), Map.of());
  }
}
