package io.pathwise.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableFormatTest {
  private final ResultTable table =
      new ResultTable(
          List.of("trade_id", "pv", "paths", "ok"),
          List.of(
              Arrays.asList("c100", 8.021352, 1000L, true),
              Arrays.asList("a, \"b\"", Double.NaN, null, false)));

  @Test
  void textAlignsNumbersToTheRight() {
    assertThat(TableFormat.TABLE.format(table))
        .isEqualTo(
            """
            trade_id        pv  paths  ok
            c100      8.021352   1000  true
            a, "b"         NaN         false
            """);
  }

  @Test
  void textShowsTenDigitsAndSmallNumbersInScientificForm() {
    ResultTable numbers =
        new ResultTable(
            List.of("x"),
            List.of(
                List.of(1 / 3.0), List.of(1e-9 / 3), List.of(1e15), List.of(0.0), List.of(-2.5)));
    assertThat(TableFormat.TABLE.format(numbers).lines().map(String::strip))
        .containsExactly("x", "0.3333333333", "3.333333333E-10", "1.0E15", "0", "-2.5");
  }

  @Test
  void textKeepsARowOnOneLine() {
    ResultTable lines = new ResultTable(List.of("x"), List.of(List.of("a\nb\r\nc")));
    assertThat(TableFormat.TABLE.format(lines)).isEqualTo("x\na b c\n");
  }

  @Test
  void csvQuotesWhatNeedsItAndLosesNoDigit() {
    assertThat(TableFormat.CSV.format(table))
        .isEqualTo("trade_id,pv,paths,ok\nc100,8.021352,1000,true\n\"a, \"\"b\"\"\",NaN,,false\n");
    ResultTable third = new ResultTable(List.of("x"), List.of(List.of(1 / 3.0)));
    assertThat(TableFormat.CSV.format(third)).isEqualTo("x\n0.3333333333333333\n");
  }

  @Test
  void jsonIsOneObjectARow() {
    assertThat(TableFormat.JSON.format(table))
        .isEqualTo(
            """
            [{"trade_id":"c100","pv":8.021352,"paths":1000,"ok":true},
            {"trade_id":"a, \\"b\\"","pv":null,"paths":null,"ok":false}]
            """);
  }

  @Test
  void jsonEscapesControlCharacters() {
    ResultTable odd = new ResultTable(List.of("x"), List.of(List.of("\\ \n \t")));
    assertThat(TableFormat.JSON.format(odd)).isEqualTo("[{\"x\":\"\\\\ \\n \\u0009\"}]\n");
  }

  @Test
  void anEmptyTableIsAHeaderAnEmptyListOrNothing() {
    ResultTable empty = new ResultTable(List.of("a", "b"), List.of());
    assertThat(TableFormat.TABLE.format(empty)).isEqualTo("a  b\n");
    assertThat(TableFormat.CSV.format(empty)).isEqualTo("a,b\n");
    assertThat(TableFormat.JSON.format(empty)).isEqualTo("[]\n");
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    assertThatThrownBy(() -> new ResultTable(List.of("a", "b"), List.of(List.of(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row of 1 cells, expected 2");
  }
}
