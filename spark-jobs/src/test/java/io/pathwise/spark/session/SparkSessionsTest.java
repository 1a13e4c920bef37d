package io.pathwise.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.table.WarehouseException;
import io.pathwise.spark.table.WarehouseLocation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class SparkSessionsTest {

  @Test
  void kryoIsOnAndRegistrationIsRequired(SparkSession spark) {
    var conf = spark.sparkContext().getConf();
    assertThat(conf.get("spark.serializer")).endsWith("KryoSerializer");
    assertThat(conf.get("spark.kryo.registrationRequired")).isEqualTo("true");
    assertThat(conf.get("spark.kryo.registrator")).isEqualTo(PathwiseRegistrator.class.getName());
  }

  @Test
  void theDefaultNamespaceIsThatOfTheResultTables(SparkSession spark) {
    assertThat(spark.sql("select current_catalog(), current_database()").head().toString())
        .isEqualTo("[pathwise,pathwise]");
  }

  @Test
  void aSecondCallJoinsTheSessionThatRuns(SparkSession spark, WarehouseLocation warehouse) {
    assertThat(SparkSessions.create("second", Optional.empty(), warehouse, Map.of()))
        .isSameAs(spark);
    assertThat(
            SparkSessions.create(
                "third",
                Optional.of(SharedSpark.MASTER),
                warehouse,
                Map.of("spark.sql.session.timeZone", "UTC")))
        .isSameAs(spark);
  }

  @Test
  void anotherWarehouseThanTheRunningSessionsIsAnErrorThatNamesBoth(
      SparkSession spark, WarehouseLocation warehouse, @TempDir Path other) {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                SparkSessions.create(
                    "second", Optional.empty(), new WarehouseLocation(other.toString()), Map.of()))
        .withMessageContaining("spark.sql.catalog.pathwise.warehouse")
        .withMessageContaining(other.toString())
        .withMessageContaining(warehouse.value());
    assertThat(other).isEmptyDirectory();
    assertThat(spark.sparkContext().isStopped()).isFalse();
  }

  @Test
  void everySettingThatTheRunningSessionDoesNotHaveIsNamed(
      SparkSession spark, WarehouseLocation warehouse) {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                SparkSessions.create(
                    "second",
                    Optional.of("local[7]"),
                    warehouse,
                    Map.of("spark.sql.shuffle.partitions", "17")))
        .withMessageContaining("spark.master: asked for 'local[7]', the running session has")
        .withMessageContaining(
            "spark.sql.shuffle.partitions: asked for '17', the running session has '4'");
    assertThat(spark.conf().get("spark.sql.shuffle.partitions")).isEqualTo("4");
  }

  @Test
  void aWarehouseOfAnUnknownFileSystemIsAnError() {
    assertThatExceptionOfType(WarehouseException.class)
        .isThrownBy(
            () ->
                SparkSessions.create(
                    "s", Optional.empty(), new WarehouseLocation("nosuch://h/w"), Map.of()))
        .withMessageContaining("pathwise.warehouse = 'nosuch://h/w'");
  }

  @Test
  void hadoopSettingsReachTheCheckOfTheWarehouse() {
    var hadoop =
        SparkSessions.hadoop(
            Map.of("spark.hadoop.dfs.replication", "7", "spark.executor.memory", "1g"));
    assertThat(hadoop.get("dfs.replication")).isEqualTo("7");
    assertThat(hadoop.get("executor.memory")).isNull();
  }
}
