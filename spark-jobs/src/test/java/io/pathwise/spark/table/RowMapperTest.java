package io.pathwise.spark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Test;

class RowMapperTest {

  private static final RunKey RUN = new RunKey("r1", LocalDate.of(2002, 7, 5), "dax");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456789Z");

  record Value(String tradeId, double pv, Double stdErr, Long paths) {}

  record Reordered(double pv, String tradeId) {}

  record Wrong(String tradeId, String pv, int paths, double colour) {}

  record NoTrade(double pv) {}

  @Test
  void componentsFillTheColumnsOfTheirNamesAndTheRestIsNull() {
    Record row = map(ResultTables.NPV, new Value("c100", 12.5, null, 7L));
    assertThat(row.getField("run_id")).isEqualTo("r1");
    assertThat(row.getField("as_of")).isEqualTo(LocalDate.of(2002, 7, 5));
    assertThat(row.getField("portfolio")).isEqualTo("dax");
    assertThat(row.getField("created_at"))
        .isEqualTo(OffsetDateTime.parse("2026-01-02T03:04:05.123456Z"));
    assertThat(row.getField("trade_id")).isEqualTo("c100");
    assertThat(row.getField("pv")).isEqualTo(12.5);
    assertThat(row.getField("std_err")).isNull();
    assertThat(row.getField("paths")).isEqualTo(7L);
    assertThat(row.getField("scheme")).isNull();
  }

  @Test
  void theOrderOfComponentsDoesNotMatter() {
    Record row = map(ResultTables.NPV, new Reordered(1.0, "c"));
    assertThat(row.getField("trade_id")).isEqualTo("c");
    assertThat(row.getField("pv")).isEqualTo(1.0);
  }

  @Test
  void everyProblemOfARecordClassIsReportedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map(ResultTables.NPV, new Wrong("c", "1", 1, 2)))
        .withMessageContaining("Wrong does not fit table npv")
        .withMessageContaining("pv: expected Double, got String")
        .withMessageContaining("paths: expected Long, got int")
        .withMessageContaining("colour: expected a column, got none");
  }

  @Test
  void aRequiredColumnNeedsAComponent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map(ResultTables.NPV, new NoTrade(1)))
        .withMessageContaining("trade_id: expected a component, got none");
  }

  @Test
  void aRequiredColumnNeedsAValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map(ResultTables.NPV, new Value(null, 1, null, null)))
        .withMessageContaining("npv.trade_id: expected a value, got null");
  }

  @Test
  void theRowOfARunFitsItsTable() {
    RunRow row = RunRows.done(3L);
    Record mapped = map(ResultTables.RUNS, row);
    assertThat(mapped.getField("status")).isEqualTo("DONE");
    assertThat(mapped.getField("path_steps_per_s")).isEqualTo(row.pathStepsPerS());
    assertThat(mapped.getField("config_sha256")).isEqualTo(row.configSha256());
  }

  private static Record map(TableSchema table, java.lang.Record value) {
    return new RowMapper(table, table.icebergSchema(), value.getClass()).row(RUN, NOW, value);
  }
}
