package io.pathwise.spark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.report.ResultTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedSpark.class)
class QueryRunnerTest {

  record Npv(String tradeId, double pv) {}

  private QueryRunner queries;

  @BeforeEach
  void twoRuns(SparkSession spark, Warehouse warehouse) {
    queries = new QueryRunner(spark);
    if (queries.run("select 1 from npv where run_id = 'query-b' limit 1").rows().isEmpty()) {
      for (String id : List.of("query-a", "query-b")) {
        warehouse
            .runWriter()
            .replace(
                new RunKey(id, LocalDate.of(2002, 7, 5), "dax"),
                RunRows.done(1),
                Map.of(
                    ResultTables.NPV,
                    IntStream.range(0, 500).mapToObj(i -> new Npv("t" + i, i)).toList()));
      }
    }
  }

  @Test
  void cellsArePlainJavaValues() {
    ResultTable table =
        queries.run(
            """
            select * from values
              ('plain', 1, 2L, 0.1D, date'2002-07-05', timestamp'2026-01-02 03:04:05.25', true),
              (null, null, null, null, null, null, null)
              as t(name, n, m, x, day, at, yes)""");
    assertThat(table.columns()).containsExactly("name", "n", "m", "x", "day", "at", "yes");
    assertThat(table.rows().get(0))
        .containsExactly("plain", 1, 2L, 0.1, "2002-07-05", "2026-01-02T03:04:05.250Z", true);
    assertThat(table.rows().get(1)).containsOnlyNulls().hasSize(7);
  }

  @Test
  void nestedCellsAreTextOfTheirPlainParts() {
    ResultTable table =
        queries.run(
            """
            select array(timestamp'2026-01-02 03:04:05', null), map('b', null, 'a', date'2002-07-05'),
              named_struct('x', 1, 'y', array(true)), unhex('00FF'), 1.50BD""");
    assertThat(table.rows().get(0))
        .extracting(String::valueOf)
        .containsExactly(
            "[2026-01-02T03:04:05Z, null]",
            "{a=2002-07-05, b=null}",
            "{x=1, y=[true]}",
            "00ff",
            "1.50");
  }

  @Test
  void noRowsStillHaveTheirColumns() {
    ResultTable table = queries.run("select 1 as a where false");
    assertThat(table.columns()).containsExactly("a");
    assertThat(table.rows()).isEmpty();
  }

  /** Each plan has other classes in its tasks, and Kryo wants every one registered. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from npv",
        "with n as (select * from npv) select count(*) from n",
        "values (1, 'a'), (2, 'b')",
        "table npv",
        "from npv select trade_id",
        "select trade_id, pv from npv order by pv desc limit 3",
        "select trade_id, pv from npv limit 3",
        "select * from npv order by trade_id",
        "select /*+ repartition(7) */ * from npv",
        "select run_id, count(*), avg(pv), stddev(pv) from npv group by run_id order by 1",
        "select run_id, trade_id, sum(pv) from npv group by rollup(run_id, trade_id)",
        "select count(distinct trade_id), count(distinct run_id) from npv",
        "select percentile_approx(pv, 0.5), percentile(pv, 0.5), median(pv) from npv",
        "select collect_list(pv), collect_set(run_id), max_by(trade_id, pv) from npv",
        "select distinct run_id from npv",
        "select n.trade_id, r.status from npv n join runs r using (run_id)",
        "select /*+ broadcast(r) */ n.trade_id from npv n join runs r using (run_id)",
        "select /*+ merge(r) */ n.trade_id from npv n join runs r using (run_id)",
        "select /*+ shuffle_hash(r) */ n.trade_id from npv n join runs r using (run_id)",
        "select /*+ broadcast(b) */ a.pv from npv a join npv b on a.pv < b.pv limit 5",
        "select n.trade_id from npv n left anti join sensitivity s using (run_id, trade_id)",
        "select *, rank() over (partition by run_id order by pv) from npv",
        "select pv, lag(pv) over (order by pv), sum(pv) over (order by pv) from npv",
        "select * from npv union all select * from npv",
        "select run_id from npv intersect select run_id from runs",
        "select * from npv where run_id in (select run_id from runs where status = 'DONE')",
        "select trade_id, (select max(pv) from npv) from npv",
        "select * from npv pivot (sum(pv) for run_id in ('query-a', 'query-b'))",
        "select * from npv tablesample (50 percent) where pv >= 0 union select * from npv",
        "select hll_sketch_estimate(hll_sketch_agg(trade_id)) from npv",
        "select histogram_numeric(pv, 5), corr(pv, pv), mode(trade_id) from npv",
        "select explode(sequence(1, 1000))",
        "select * from range(0, 100000) order by id desc limit 5",
        "select committed_at, operation, summary from npv.snapshots",
        "select committed_at, operation from pathwise.pathwise.npv.snapshots",
        "select file_path, record_count, partition, lower_bounds from npv.files",
        "select * from npv.history",
        "select * from npv.partitions",
        "select * from npv.refs",
        "select * from npv.manifests",
        "show tables",
        "show columns in npv",
        "show create table npv",
        "show tblproperties npv",
        "describe npv",
        "describe extended npv",
        "describe function sum",
        "explain select * from npv",
        "explain drop table npv",
        "-- a comment first\nselect 1"
      })
  void everyKindOfReadingRunsWithKryoRegistrationRequired(String sql) {
    assertThat(queries.run(sql).rows()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from npv",
        "drop table npv",
        "insert into npv select * from npv",
        "insert overwrite npv select * from npv",
        "with n as (select * from npv) insert into npv select * from n",
        "from npv insert into npv select *",
        "from npv insert into npv select * insert into npv select *",
        "create table copy as select * from npv",
        "create or replace temporary view npv as select 1",
        "replace table npv as select 1 as a",
        "update npv set pv = 0",
        "merge into npv using runs on npv.run_id = runs.run_id when matched then delete",
        "truncate table npv",
        "alter table npv add column z int",
        "call pathwise.system.expire_snapshots('npv')",
        "select transform(pv) using 'cat' as x from npv",
        "execute immediate 'drop table npv'",
        "begin drop table npv; end",
        "set spark.sql.ansi.enabled = false",
        "use pathwise.other",
        "cache table npv",
        "declare variable x int",
        "analyze table npv compute statistics",
        "refresh table npv",
        "add jar '/x.jar'"
      })
  void aStatementThatChangesAnythingIsRefusedAndChangesNothing(String sql) {
    long before = count();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> queries.run(sql))
        .withMessageContaining("expected a statement that reads")
        .withMessageContaining(sql);
    assertThat(count()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"selec 1", "select (1", "", "   "})
  void aStatementThatDoesNotParseGivesSparksMessage(String sql) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> queries.run(sql))
        .withMessageStartingWith("[PARSE_")
        .satisfies(QueryRunnerTest::hasNoStackTrace);
  }

  @Test
  void anUnknownTableGivesSparksMessageWithoutThePlan() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> queries.run("select * from nvp"))
        .withMessageStartingWith("[TABLE_OR_VIEW_NOT_FOUND]")
        .withMessageContaining("`nvp`")
        .satisfies(QueryRunnerTest::hasNoStackTrace);
  }

  @Test
  void anUnknownColumnGivesSparksMessageWithItsSuggestions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> queries.run("select pvv from npv"))
        .withMessageStartingWith("[UNRESOLVED_COLUMN.WITH_SUGGESTION]")
        .withMessageContaining("`pv`")
        .satisfies(QueryRunnerTest::hasNoStackTrace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"select 1/0", "select 1/(pv - pv) from npv", "select int(trade_id) from npv"})
  void anErrorOfTheValuesGivesSparksMessage(String sql) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> queries.run(sql))
        .withMessageMatching("(?s)\\[(DIVIDE_BY_ZERO|CAST_INVALID_INPUT)].*")
        .satisfies(QueryRunnerTest::hasNoStackTrace);
  }

  private static void hasNoStackTrace(Throwable error) {
    assertThat(error.getMessage())
        .doesNotContain("\tat ")
        .doesNotContain("UnresolvedRelation")
        .doesNotContain("+-");
  }

  private long count() {
    return (Long) queries.run("select count(*) from npv").rows().get(0).get(0);
  }
}
