package io.pathwise.spark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableSchemaTest {

  /** The contract with users of the tables: names and order. New columns come at the end. */
  private static final Map<String, List<String>> CONTRACT =
      Map.ofEntries(
          Map.entry(
              "runs",
              words(
                  "job status config_sha256 config code_version seed paths shards backend device"
                      + " spark_master market_snapshot started_at wall_s path_steps"
                      + " path_steps_per_s error progress")),
          Map.entry(
              "npv",
              words(
                  "trade_id currency pv std_err paths scheme steps implied_vol"
                      + " market_implied_vol")),
          Map.entry(
              "sensitivity",
              words("trade_id measure factor tenor strike value std_err unit method")),
          Map.entry("convergence", words("estimator paths dt value std_err")),
          Map.entry("scenario_pnl", words("trade_id scenario_id pnl")),
          Map.entry("pnl_vector", words("trade_id path horizon_days pnl")),
          Map.entry("risk", words("measure level horizon_days value ci_lo ci_hi")),
          Map.entry("exposure", words("netting_set date t ee epe ene pfe_level pfe std_err")),
          Map.entry("xva", words("netting_set cva dva std_err")),
          Map.entry("path_summary", words("state t mean std q01 q05 q25 q50 q75 q95 q99")),
          Map.entry(
              "calibration",
              words(
                  "model parameter value std_err lower upper at_bound starts iterations objective"
                      + " converged")),
          Map.entry(
              "calibration_residual",
              words("instrument market model residual weight strike expiry std_err")),
          Map.entry("training", words("epoch step metric value")),
          Map.entry(
              "shard_lineage",
              words(
                  "shard_first shard_last attempt executor device checksum wall_ms"
                      + " step_first step_last")));

  static Stream<TableSchema> tables() {
    return ResultTables.all().stream();
  }

  @Test
  void theTablesAreThoseOfTheContract() {
    assertThat(ResultTables.all())
        .extracting(TableSchema::name)
        .containsExactlyInAnyOrderElementsOf(CONTRACT.keySet());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyTableBeginsWithTheCommonColumnsAndThenHasThoseOfTheContract(TableSchema table) {
    assertThat(table.columns())
        .extracting(Column::name)
        .startsWith("run_id", "as_of", "portfolio", "created_at")
        .endsWith(CONTRACT.get(table.name()).toArray(String[]::new))
        .hasSize(4 + CONTRACT.get(table.name()).size());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyNumberSaysItsUnit(TableSchema table) {
    assertThat(table.columns())
        .filteredOn(column -> column.type() == ColumnType.DOUBLE)
        .allSatisfy(column -> assertThat(column.comment()).matches("(?s).*\\(.+\\).*"));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void theIcebergSchemaHasTheDeclaredNamesTypesAndComments(TableSchema table) {
    assertThat(table.icebergSchema().columns())
        .zipSatisfy(
            table.columns(),
            (field, column) -> {
              assertThat(field.name()).isEqualTo(column.name());
              assertThat(field.type()).isEqualTo(column.type().icebergType());
              assertThat(field.doc()).isEqualTo(column.comment());
              assertThat(field.isRequired()).isEqualTo(column.required());
            });
    assertThat(table.partitionSpec().fields()).extracting("name").containsExactly("as_of");
  }

  @Test
  void aTableWithAColumnTwiceIsRefused() {
    Column twice = Column.optional("x", ColumnType.DOUBLE, "A number (1).");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TableSchema.of("bad", "A bad one.", twice, twice))
        .withMessageContaining("bad");
  }

  @Test
  void aTableWithoutTheCommonColumnsIsRefused() {
    Column own = Column.optional("x", ColumnType.DOUBLE, "A number (1).");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TableSchema("bad", "A bad one.", List.of(own)))
        .withMessageContaining("common columns");
  }

  @Test
  void aColumnNeedsSnakeCaseAndAComment() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.optional("tradeId", ColumnType.STRING, "The trade."))
        .withMessageContaining("tradeId");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.optional("trade_id", ColumnType.STRING, " "))
        .withMessageContaining("trade_id");
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }
}
