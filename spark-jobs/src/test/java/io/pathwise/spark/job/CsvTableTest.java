package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CsvTableTest {
  private final Problems problems = new Problems();

  private static List<CsvRecords.Line> records(String text) {
    List<CsvRecords.Line> lines = new ArrayList<>();
    new CsvRecords(text).forEach(lines::add);
    return lines;
  }

  private List<String> problems() {
    try {
      problems.throwIfAny();
      return List.of();
    } catch (BadJobException e) {
      return e.problems();
    }
  }

  @Test
  void cellsAreStrippedUnlessQuotedTogether() {
    assertThat(records(" a , \"b,c\" ,\n"))
        .containsExactly(new CsvRecords.Line(1, List.of("a", "b,c", ""), false));
  }

  @Test
  void quotesMayHoldQuotesAndLineEnds() {
    assertThat(records("\"a\"\"b\",\"c\nd\"\ne,f"))
        .containsExactly(
            new CsvRecords.Line(1, List.of("a\"b", "c\nd"), false),
            new CsvRecords.Line(3, List.of("e", "f"), false));
  }

  @Test
  void blankLinesAndCommentsAreSkippedAndCounted() {
    assertThat(records("\n# head\na\r\n\n  \nb\n").stream().map(CsvRecords.Line::number))
        .containsExactly(3, 6);
  }

  @Test
  void textEndsInsideAQuote() {
    assertThat(records("a,\"b\n\n")).singleElement().matches(CsvRecords.Line::unclosed);
  }

  @Test
  void noMoreRecordsIsAnError() {
    Iterator<CsvRecords.Line> iterator = new CsvRecords("").iterator();
    assertThat(iterator.hasNext()).isFalse();
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  /** Any table that is written by the rules is read back, but for white space around cells. */
  @Property(tries = 200)
  void whatIsWrittenIsRead(@ForAll("tables") List<List<String>> table) {
    String text =
        table.stream()
            .map(
                row ->
                    row.stream()
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n"));
    List<List<String>> stripped =
        table.stream().map(row -> row.stream().map(String::strip).toList()).toList();
    assertThat(records(text).stream().map(CsvRecords.Line::cells))
        .containsExactlyElementsOf(stripped);
  }

  @Provide
  Arbitrary<List<List<String>>> tables() {
    return Arbitraries.strings()
        .withChars("ab\",\n#")
        .ofMaxLength(5)
        .list()
        .ofSize(3)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Test
  void rowsKnowTheirCellsAndTheirLine() {
    Optional<CsvTable> table = CsvTable.parse("x.csv", "a,b\n1,\n\n2,y\n", problems);
    assertThat(problems()).isEmpty();
    assertThat(table.orElseThrow().columns()).containsExactly("a", "b");
    List<ConfigObject> rows = table.orElseThrow().rows();
    assertThat(rows.get(0).unwrapped()).isEqualTo(Map.of("a", "1"));
    assertThat(rows.get(1).unwrapped()).isEqualTo(Map.of("a", "2", "b", "y"));
    assertThat(rows.get(1).origin().lineNumber()).isEqualTo(4);
    assertThat(Problems.where(rows.get(1).get("b").origin())).isEqualTo(" (x.csv:4)");
  }

  @Test
  void badRowsAreLeftOutAndNamed() {
    Optional<CsvTable> table = CsvTable.parse("x.csv", "a,b\n1\n2,3,4\n5,6\n7,\"8", problems);
    assertThat(table.orElseThrow().rows()).hasSize(1);
    assertThat(problems())
        .containsExactly(
            "x.csv:2: 1 cells, expected 2 as in the header",
            "x.csv:3: 3 cells, expected 2 as in the header",
            "x.csv:5: a quote is not closed, expected \"");
  }

  @Test
  void columnNamesWithDotsAreNames() {
    Optional<CsvTable> table = CsvTable.parse("x.csv", "a.b\n1\n", problems);
    assertThat(table.orElseThrow().rows().get(0).get("a.b").unwrapped()).isEqualTo("1");
  }
}
