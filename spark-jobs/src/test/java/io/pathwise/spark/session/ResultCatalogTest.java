package io.pathwise.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.table.Warehouse;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedSpark.class)
class ResultCatalogTest {

  @ParameterizedTest
  @ValueSource(strings = {"training", "pathwise.training", "pathwise.pathwise.training"})
  void aTableGoesByItsNameWithOrWithoutNamespaceAndCatalog(
      String name, SparkSession spark, Warehouse warehouse) {
    assertThat(spark.table(name).columns()).endsWith("epoch", "step", "metric", "value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"training.files", "pathwise.pathwise.training.files"})
  void aMetadataTableGoesByTheTablesNames(String name, SparkSession spark, Warehouse warehouse) {
    assertThat(spark.table(name).columns()).contains("file_path", "record_count");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trainning", "training.fils", "elsewhere.training", "a.b.c"})
  void aNameThatLeadsNowhereIsReportedAsItWasWritten(
      String name, SparkSession spark, Warehouse warehouse) {
    assertThatExceptionOfType(AnalysisException.class)
        .isThrownBy(() -> read(spark, name))
        .withMessageContaining("`" + name.replace(".", "`.`") + "`");
  }

  @Test
  void aTableCanBeReadAsOfASnapshotByItsShortName(SparkSession spark, Warehouse warehouse) {
    spark.sql(
        "insert into convergence values"
            + " ('as-of', date'2002-07-05', 'p', current_timestamp(), 'e', 1, 0.1D, 2.0D, null)");
    long snapshot =
        spark
            .sql("select snapshot_id from convergence.snapshots order by committed_at desc")
            .head()
            .getLong(0);
    String count = "select count(*) from convergence version as of %d where run_id = 'as-of'";
    assertThat(spark.sql(count.formatted(snapshot)).head().getLong(0)).isOne();
  }

  @SuppressWarnings("RedundantThrows") // Spark throws it unannounced
  private static void read(SparkSession spark, String name) throws AnalysisException {
    spark.table(name).columns();
  }
}
