package io.pathwise.spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.spark.SharedSpark;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Spark reads is what was written without it. */
@ExtendWith(SharedSpark.class)
class WrittenRunQueryTest {

  record Npv(String tradeId, double pv, Double stdErr) {}

  @Test
  void whatIsWrittenCanBeQueriedByShortNames(SparkSession spark, Warehouse warehouse) {
    LocalDate day = LocalDate.of(2002, 7, 5);
    warehouse.runWriter().replace(new RunKey("queried", day, "dax"), RunRows.done(42), npvs(2));
    List<Row> rows =
        spark
            .sql(
                "select as_of, portfolio, trade_id, pv, std_err from npv"
                    + " where run_id = 'queried' order by trade_id")
            .collectAsList();
    assertThat(rows).hasSize(2);
    Row first = rows.get(0);
    assertThat(first.getDate(0).toLocalDate()).isEqualTo(day);
    assertThat(first.getString(1)).isEqualTo("dax");
    assertThat(first.getString(2)).isEqualTo("t0");
    assertThat(first.getDouble(3)).isEqualTo(0.0);
    assertThat(first.isNullAt(4)).isTrue();
    assertThat(count(spark, "runs where run_id = 'queried' and status = 'DONE' and seed = 42"))
        .isOne();
  }

  @Test
  void runsThatSparksCompactionMixedAreReplacedAndReadAllTheSame(
      SparkSession spark, Warehouse warehouse) {
    LocalDate day = LocalDate.of(1999, 1, 4);
    RunWriter writer = warehouse.runWriter();
    for (String id : List.of("mixed-a", "mixed-b", "mixed-c")) {
      writer.replace(new RunKey(id, day, "dax"), RunRows.done(1), npvs(4));
    }
    spark.sql(
        "call pathwise.system.rewrite_data_files(table => 'npv',"
            + " where => 'as_of = \"1999-01-04\"', options => map('rewrite-all', 'true'))");
    assertThat(count(spark, "npv.files where partition.as_of = date'1999-01-04'")).isOne();
    writer.replace(new RunKey("mixed-b", day, "dax"), RunRows.done(2), npvs(1));
    writer.replaceFailed(new RunKey("mixed-c", day, "dax"), RunRows.failed("no"));
    assertThat(count(spark, "npv where run_id = 'mixed-a'")).isEqualTo(4);
    assertThat(count(spark, "npv where run_id = 'mixed-b'")).isOne();
    assertThat(count(spark, "npv where run_id = 'mixed-c'")).isZero();
    assertThat(count(spark, "npv.refs where name <> 'main'")).isZero();
  }

  private static Map<TableSchema, List<Npv>> npvs(int count) {
    return Map.of(
        ResultTables.NPV,
        IntStream.range(0, count).mapToObj(i -> new Npv("t" + i, i, null)).toList());
  }

  private static long count(SparkSession spark, String from) {
    return spark.sql("select count(*) from " + from).head().getLong(0);
  }
}
