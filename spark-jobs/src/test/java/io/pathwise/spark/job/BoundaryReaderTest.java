package io.pathwise.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.control.Boundary;
import io.pathwise.expr.Expr;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section simulation.boundary. */
class BoundaryReaderTest {
  @TempDir private Path folder;
  private JobFixture jobs;

  @BeforeEach
  void fixture() {
    jobs = new JobFixture(folder);
  }

  private static String boundary(String keys) {
    return "simulation.boundary { " + keys + " }";
  }

  @Test
  void withoutTheSectionThereIsNone() {
    JobSpec job = jobs.load(JobFixture.SIMULATE);
    assertThat(job.simulation().boundaries()).isEmpty();
    assertThat(job.simulation().bounded()).isSameAs(job.simulation().scheme());
  }

  @Test
  void aBoundaryIsReadAndPartOfTheIdentityOfTheRun() {
    JobSpec job =
        jobs.load(
            JobFixture.SIMULATE
                + boundary("state = hare, level = \"10*d\", side = below, action = absorb"));
    assertThat(job.simulation().boundaries())
        .containsExactly(
            new Boundary(
                Boundary.Kind.ABSORB,
                "hare",
                Boundary.Side.BELOW,
                Expr.of(10).times(Expr.param("d"))));
    assertThat(job.simulation().observables(job.sde()).keySet())
        .containsExactly("hare", "lynx", "absorb.hare.alive", "absorb.hare.time");
    assertThat(job.identity()).isNotEqualTo(jobs.load(JobFixture.SIMULATE).identity());
    assertThat(job.configText()).contains("boundary");
  }

  @Test
  void aListPutsSeveralAround() {
    JobSpec job =
        jobs.load(
            JobFixture.SIMULATE
                + "simulation.boundary = [ { state = hare, level = 5, side = below, action = stop },"
                + " { state = lynx, level = 90, side = above, action = reflect } ]");
    assertThat(job.simulation().boundaries())
        .extracting(Boundary::kind)
        .containsExactly(Boundary.Kind.STOP, Boundary.Kind.REFLECT);
  }

  @Test
  void allProblemsAreReportedTogether() {
    assertThat(jobs.simulate(boundary("stat = hare, level = 5, side = left, action = halt")))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("simulation.boundary.state is missing"))
        .anyMatch(
            line -> line.contains("boundary.stat = ") && line.contains("did you mean 'state'"))
        .anyMatch(line -> line.contains("expected one of above, below"))
        .anyMatch(line -> line.contains("expected one of absorb, reflect, stop"));
    assertThat(
            jobs.simulate(
                "simulation.boundary = [ 3, { state = hare, side = below, action = stop } ]"))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("simulation.boundary[1] = 3"))
        .anyMatch(line -> line.startsWith("simulation.boundary[2].level is missing"));
  }

  @Test
  void levelsAndStatesMustBeThoseOfTheModel() {
    assertThat(jobs.simulate(boundary("state = fox, level = 5, side = below, action = stop")))
        .singleElement()
        .asString()
        .contains("simulation.boundary.state = \"fox\"")
        .contains("expected one of [hare, lynx]");
    assertThat(
            jobs.simulate(boundary("state = hare, level = \"5*t\", side = below, action = stop")))
        .singleElement()
        .asString()
        .startsWith("simulation.boundary.level = \"5*t\"");
    assertThat(jobs.simulate(boundary("state = hare, level = 50, side = below, action = stop")))
        .singleElement()
        .asString()
        .endsWith("is 50.0 and state hare starts at 30.0, expected a level below it");
  }

  @Test
  void anActionHasOneBoundaryOfAState() {
    String one = "{ state = hare, level = 5, side = below, action = stop }";
    assertThat(jobs.simulate("simulation.boundary = [ " + one + ", " + one + " ]"))
        .singleElement()
        .asString()
        .startsWith("simulation.boundary[2].action = \"stop\"")
        .endsWith("this action has a boundary of this state already, expected one");
  }

  @Test
  void sensitivitiesJumpsAndControlVariatesAreRefused() {
    String level = boundary("state = v, level = 0.01, side = below, action = stop");
    assertThat(jobs.price(level))
        .singleElement()
        .asString()
        .startsWith("simulation.boundary = ")
        .endsWith("expected no sensitivities, or action = reflect");
    assertThat(jobs.price(level, "sensitivities = []")).isEmpty();
    assertThat(jobs.price(level, "sensitivities = []", "simulation.estimator.control = auto"))
        .singleElement()
        .asString()
        .contains("expected estimator.control = none");
    List<String> jumps =
        jobs.problems(
            """
            job = simulate
            model {
              type = merton
              parameters { spot = 100, r = 0, sigma = 0.2, lambda = 1, mu-j = 0, sigma-j = 0.1 }
            }
            simulation { paths = 512, horizon = 1, scheme = euler }
            """
                + boundary("state = x, level = 4, side = below, action = stop"));
    assertThat(jumps).singleElement().asString().contains("a jump would pass them unseen");
  }
}
