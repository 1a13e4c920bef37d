package io.pathwise.spark;

import io.pathwise.spark.session.SparkSessions;
import io.pathwise.spark.table.Warehouse;
import io.pathwise.spark.table.WarehouseLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link SparkSession}, its {@link WarehouseLocation} or its {@link Warehouse}. All
 * tests of the JVM share one session with two cores, four attempts a task, and one warehouse, so
 * each takes run ids of its own.
 */
public final class SharedSpark implements ParameterResolver {

  /** The master of the shared session. */
  public static final String MASTER = "local[2,4]";

  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(SharedSpark.class);

  /** What the tests share; closed when the last is done. */
  private record Shared(
      Path directory, WarehouseLocation location, SparkSession session, Warehouse warehouse)
      implements AutoCloseable {

    static Shared start() {
      try {
        Path directory = Files.createTempDirectory("pathwise-test-warehouse");
        WarehouseLocation location = new WarehouseLocation(directory.toString());
        SparkSession session =
            SparkSessions.create("pathwise-tests", Optional.of(MASTER), location, Map.of());
        return new Shared(directory, location, session, Warehouse.open(session));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      session.stop();
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == SparkSession.class || type == WarehouseLocation.class || type == Warehouse.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Shared shared =
        test.getRoot()
            .getStore(STORE)
            .getOrComputeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
    Class<?> type = parameter.getParameter().getType();
    if (type == WarehouseLocation.class) {
      return shared.location();
    }
    return type == SparkSession.class ? shared.session() : shared.warehouse();
  }
}
