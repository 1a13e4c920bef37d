package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with trades, inline and in files, a test each. */
class BadTradesTest {
  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void fixture() {
    jobs = new JobFixture(folder);
  }

  /** The problems of one trade in place of the sound one. */
  private List<String> trade(String fields) {
    return jobs.price("sensitivities = []", "trades = [ { " + fields + " } ]");
  }

  private List<String> file(String content) {
    jobs.with("trades.csv", content);
    return jobs.price("sensitivities = []", "trades = { csv = \"trades.csv\" }");
  }

  @Test
  void anExpiryThatIsNotAboveZeroIsRefused() {
    assertThat(trade("id = a, type = european, option = call, strike = 100, expiry = 0"))
        .containsExactly(
            "trades[a].expiry = 0 (job.conf:14): expected a number of years above 0 and at most"
                + " 1000");
    assertThat(trade("id = a, type = european, option = call, strike = 100, expiry = -1"))
        .hasSize(1);
  }

  @Test
  void aStrikeThatIsNotAboveZeroIsRefused() {
    assertThat(trade("id = a, type = european, option = put, strike = 0, expiry = 1"))
        .containsExactly("trades[a].strike = 0 (job.conf:14): expected a number above 0");
  }

  @Test
  void missingFieldsAreAllNamed() {
    assertThat(trade("type = european"))
        .hasSize(4)
        .anyMatch(p -> p.startsWith("trades[1].id is missing (job.conf:14)"))
        .anyMatch(p -> p.startsWith("trades[1].strike is missing"))
        .anyMatch(p -> p.startsWith("trades[1].expiry is missing"))
        .anyMatch(
            p -> p.equals("trades[1].option is missing (job.conf:14): expected one of call, put"));
  }

  @Test
  void anUnknownTypeIsRefused() {
    assertThat(trade("id = a, type = europaen, option = call, strike = 1, expiry = 1"))
        .singleElement()
        .asString()
        .startsWith("trades[a].type = \"europaen\" (job.conf:14): expected one of asian, ")
        .endsWith("did you mean 'european'?");
    assertThat(trade("id = a")).singleElement().asString().startsWith("trades[a].type is missing");
  }

  @Test
  void typesOfLaterVersionsSaySo() {
    assertThat(trade("id = a, type = american, option = put, strike = 1, expiry = 1"))
        .singleElement()
        .asString()
        .contains("not available in this version, expected one of european");
  }

  @Test
  void anUnknownFieldIsRefused() {
    assertThat(trade("id = a, type = european, option = call, strike = 1, expiry = 1, payout = 2"))
        .singleElement()
        .asString()
        .startsWith(
            "trades[a].payout = 2 (job.conf:14): unknown field of a trade of type european");
  }

  @Test
  void anUnknownOptionIsRefused() {
    assertThat(trade("id = a, type = european, option = cal, strike = 1, expiry = 1"))
        .containsExactly(
            "trades[a].option = \"cal\" (job.conf:14): expected one of call, put; did you mean"
                + " 'call'?");
  }

  @Test
  void duplicateIdsNameBothPlaces() {
    assertThat(
            jobs.price(
                "trades = [",
                "{ id = a, type = european, option = call, strike = 1, expiry = 1 }",
                "{ id = a, type = european, option = put, strike = 1, expiry = 1 } ]"))
        .containsExactly(
            "trades[a].id = \"a\" (job.conf:15): another trade has this id (job.conf:14), expected"
                + " each once");
  }

  @Test
  void anAsianNeedsItsAveragingAndAtLeastOneFixing() {
    assertThat(trade("id = a, type = asian, option = call, strike = 1, expiry = 1, fixings = 0"))
        .containsExactly(
            "trades[a].averaging is missing (job.conf:14): expected one of arithmetic, geometric",
            "trades[a].fixings = 0 (job.conf:14): expected a whole number from 1 to 100000");
  }

  @Test
  void aBarrierNeedsItsKindAndLevel() {
    assertThat(trade("id = a, type = barrier, option = call, strike = 1, expiry = 1"))
        .hasSize(2)
        .anyMatch(p -> p.endsWith("expected one of down-out, down-in, up-out, up-in"))
        .anyMatch(p -> p.startsWith("trades[a].barrier is missing"));
  }

  @Test
  void monitoringIsANumberOfDatesOrContinuous() {
    String barrier = "id = a, type = barrier, option = call, strike = 1, expiry = 1, kind = up-in,";
    assertThat(trade(barrier + " barrier = 2, monitoring = continuous")).isEmpty();
    assertThat(trade(barrier + " barrier = 2, monitoring = daily"))
        .containsExactly(
            "trades[a].monitoring = \"daily\" (job.conf:14): expected a whole number from 1 to"
                + " 100000, or continuous");
  }

  @Test
  void aBondHasNoStrike() {
    assertThat(trade("id = a, type = zero-coupon, expiry = 1")).isEmpty();
    assertThat(trade("id = a, type = zero-coupon, expiry = 1, strike = 1"))
        .singleElement()
        .asString()
        .startsWith("trades[a].strike = 1 (job.conf:14): unknown field of a trade of type");
  }

  @Test
  void aQuantityOfZeroIsRefused() {
    assertThat(trade("id = a, type = forward, strike = 1, expiry = 1, quantity = 0"))
        .containsExactly("trades[a].quantity = 0 (job.conf:14): expected a number that is not 0");
  }

  @Test
  void aForwardIsNoPut() {
    assertThat(trade("id = a, type = forward, option = put, strike = 1, expiry = 1"))
        .singleElement()
        .asString()
        .contains("to sell forward, give a negative quantity");
  }

  @Test
  void twoExpiriesOrTwoVolsAreRefused() {
    assertThat(
            trade(
                "id = a, type = european, option = call, strike = 1, expiry = 1, days_to_expiry = 9,"
                    + " implied_vol = 0.2, market-implied-vol = 0.3"))
        .hasSize(2)
        .anyMatch(p -> p.contains("expected only one of expiry, days_to_expiry"))
        .anyMatch(p -> p.contains("expected only one of market-implied-vol, implied_vol"));
  }

  @Test
  void tradesThatAreNoneAreRefused() {
    assertThat(jobs.price("trades = none"))
        .containsExactly(
            "trades = \"none\" (job.conf:13): expected a list of trades, or { csv = \"trades.csv\""
                + " }");
    assertThat(jobs.price("trades = [7]"))
        .containsExactly("trades[1] = 7 (job.conf:13): expected { id = ..., type = ... }");
    assertThat(jobs.price("trades = []"))
        .containsExactly("trades = [] (job.conf:13): expected at least one trade to value");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(jobs.price("trades = { csv = \"none.csv\" }"))
        .singleElement()
        .asString()
        .startsWith("trades.csv = \"none.csv\" (job.conf:13): no such file ");
  }

  @Test
  void aFolderForAFileIsRefused() {
    assertThat(jobs.price("trades = { csv = \".\" }"))
        .singleElement()
        .asString()
        .contains("expected a CSV file of at most");
  }

  @Test
  void aSectionWithoutFileAndWithAnUnknownKeyIsRefused() {
    assertThat(jobs.price("trades = { file = \"x.csv\" }"))
        .hasSize(2)
        .anyMatch(p -> p.startsWith("trades.csv is missing"))
        .anyMatch(p -> p.startsWith("trades.file = \"x.csv\" (job.conf:13): unknown key"));
  }

  @Test
  void aBadRowIsNamedByFileAndLine() {
    assertThat(
            file(
                """
                id,type,option,strike,expiry
                a,european,call,100,1
                b,european,call,dear,1
                c,european,call,100
                d,european,call,100,-1
                """))
        .containsExactly(
            "trades.csv:4: 4 cells, expected 5 as in the header",
            "trades[b].strike = \"dear\" (trades.csv:3): expected a number above 0",
            "trades[d].expiry = \"-1\" (trades.csv:5): expected a number of years above 0 and at most"
                + " 1000");
  }

  @Test
  void anUnknownColumnIsNamedOnceARow() {
    assertThat(file("id,type,option,strke,expiry\na,european,call,100,1\n"))
        .hasSize(2)
        .anyMatch(p -> p.startsWith("trades[a].strike is missing (trades.csv:2)"))
        .anyMatch(p -> p.endsWith("did you mean 'strike'?"));
  }

  @Test
  void numbersThatOnlyJavaKnowsAreRefused() {
    assertThat(file("id,type,option,strike,expiry\na,european,call,0x1p3,1\nb,european,call,NaN,1"))
        .hasSize(2);
  }

  @Test
  void duplicateIdsInAFileNameBothLines() {
    assertThat(
            file(
                """
                id,type,option,strike,expiry
                a,european,call,100,1

                a,european,put,100,1
                """))
        .containsExactly(
            "trades[a].id = \"a\" (trades.csv:4): another trade has this id (trades.csv:2), expected"
                + " each once");
  }

  @Test
  void anEmptyFileAndAHeaderWithHolesAreRefused() {
    assertThat(file("")).containsExactly("trades.csv: empty, expected a header line");
    assertThat(file("id,,id\n"))
        .containsExactly("trades.csv:1: header [id, , id], expected column names, each once");
  }

  @Test
  void aFileWithoutRowsHasNothingToValue() {
    assertThat(file("id,type,option,strike,expiry\n"))
        .singleElement()
        .asString()
        .endsWith("expected at least one trade to value");
  }

  @Test
  void aFileInAnotherEncodingIsRefused() throws Exception {
    Files.write(folder.resolve("trades.csv"), new byte[] {'i', 'd', (byte) 0xFC});
    assertThat(jobs.price("trades = { csv = \"trades.csv\" }"))
        .singleElement()
        .asString()
        .endsWith("expected a CSV file in UTF-8");
  }
}
