package io.pathwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README compiles, runs and says what it promises. */
class ReadmeTest {
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  private static String snippet() throws IOException {
    Matcher found = SNIPPET.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(found.find()).as("a java block in README.md").isTrue();
    return found.group(1);
  }

  private List<String> run(String snippet) throws IOException, ReflectiveOperationException {
    Path source =
        Files.writeString(
            folder.resolve("Snippet.java"),
            """
            import io.pathwise.expr.*;
            import io.pathwise.payoff.*;
            import io.pathwise.sde.*;
            import io.pathwise.solve.*;
            import java.util.Map;

            public class Snippet {
              public static void main(String[] arguments) {
                %s
              }
            }
            """
                .formatted(snippet));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream problems = new ByteArrayOutputStream();
    int code =
        compiler.run(
            null,
            problems,
            problems,
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            source.toString());
    assertThat(code).as(problems.toString(StandardCharsets.UTF_8)).isZero();
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader
          .loadClass("Snippet")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void theSnippetDeclaresSolvesAndReadsInFifteenLines()
      throws IOException, ReflectiveOperationException {
    String snippet = snippet();
    assertThat(snippet.lines().filter(line -> !line.isBlank()).count()).isLessThanOrEqualTo(15);
    List<String> printed = run(snippet);
    assertThat(printed).hasSize(3);
    var exact = new BlackScholes(100, 0.03, 0, 0.2).european(EuropeanOption.call(105), 1);
    // Five standard errors and the step bias of Euler at 252 steps.
    assertThat(Double.parseDouble(printed.get(0))).isCloseTo(exact.price(), within(0.25));
    assertThat(Double.parseDouble(printed.get(1))).isCloseTo(exact.vega(), within(1.5));
    assertThat(printed.get(2)).isEqualTo("100000");
  }
}
