package io.pathwise.gpu;

import io.pathwise.expr.Expr;
import io.pathwise.solve.DeviceException;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a platform says about a source that it does not compile. Aparapi writes it to the native
 * standard error stream alone, so another JVM compiles the source again and its stream is read.
 */
final class BuildFailure {
  private static final int MOST_LINES = 20;
  private static final long SECONDS = 60;

  /** A compiler's message: "...:LINE:COLUMN: error: ...". */
  private static final Pattern PLACE =
      Pattern.compile(":(\\d+):\\d+: (?:fatal )?(?:error|use of).*");

  private BuildFailure() {}

  /** The error for the user: the platform's message and the line it is about. */
  static DeviceException of(OpenClDevice device, String source) {
    List<String> log = log(device, source);
    String place =
        log.stream()
            .map(PLACE::matcher)
            .filter(Matcher::find)
            .findFirst()
            .map(found -> line(source, Integer.parseInt(found.group(1))))
            .orElse("");
    return new DeviceException(
        "the kernel does not compile on "
            + device.description().description()
            + ":\n"
            + log.stream().limit(MOST_LINES).collect(Collectors.joining("\n"))
            + place,
        true);
  }

  private static String line(String source, int number) {
    List<String> lines = source.lines().toList();
    return number < 1 || number > lines.size()
        ? ""
        : "\nline " + number + " of the source: " + lines.get(number - 1).strip();
  }

  private static List<String> log(OpenClDevice device, String source) {
    try {
      Path file = Files.createTempFile("pathwise", ".cl");
      Path output = Files.createTempFile("pathwise", ".log");
      try {
        Files.writeString(file, source);
        Process process =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    classPath(),
                    BuildFailure.class.getName(),
                    Integer.toString(device.description().index()),
                    file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
        return Files.readAllLines(output).stream()
            .filter(text -> !text.isBlank() && !text.startsWith("****"))
            .filter(text -> !text.contains("Aparapi is running"))
            .toList();
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return List.of("(the platform's message is not available: " + e.getMessage() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of("(interrupted before the platform's message was read)");
    }
  }

  /** Where this code and Aparapi come from: Spark may have loaded them from somewhere else. */
  private static String classPath() {
    List<String> places = new ArrayList<>();
    try {
      for (Class<?> type :
          List.of(
              BuildFailure.class,
              Expr.class,
              com.aparapi.device.OpenCLDevice.class,
              com.aparapi.natives.NativeLoader.class)) {
        CodeSource code = type.getProtectionDomain().getCodeSource();
        places.add(Path.of(code.getLocation().toURI()).toString());
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    places.add(System.getProperty("java.class.path"));
    return String.join(File.pathSeparator, places);
  }

  /** Compiles a file for a device; the platform writes what it finds wrong. */
  public static void main(String[] arguments) throws IOException {
    OpenClDevice device = OpenClDevices.all().get(Integer.parseInt(arguments[0]));
    NativeKernel.compile(device.handle(), Files.readString(Path.of(arguments[1])));
  }
}
