package io.pathwise.spark.metrics;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the tasks of this JVM have done since it started, lost and repeated attempts included. */
public final class PathMetrics {
  /** The one of this JVM: an executor's, or a local driver's. */
  public static final PathMetrics SHARED = new PathMetrics();

  private final LongAdder paths = new LongAdder();
  private final LongAdder pathSteps = new LongAdder();
  private final LongAdder nanPaths = new LongAdder();
  private final LongAdder compileMs = new LongAdder();

  private PathMetrics() {}

  /**
   * The numbers at a moment.
   *
   * @param paths finished paths
   * @param pathSteps the steps they took
   * @param nanPaths paths that became NaN or infinite and were dropped
   * @param compileMs time spent on making kernels ready, in milliseconds
   */
  public record Snapshot(long paths, long pathSteps, long nanPaths, long compileMs)
      implements Serializable {

    /** The numbers by name. */
    public Map<String, Long> byName() {
      Map<String, Long> numbers = new LinkedHashMap<>();
      numbers.put("paths", paths);
      numbers.put("pathSteps", pathSteps);
      numbers.put("nanPaths", nanPaths);
      numbers.put("kernelCompileMs", compileMs);
      return numbers;
    }
  }

  /** Paths have finished. */
  public void finished(long morePaths, long moreSteps) {
    paths.add(morePaths);
    pathSteps.add(moreSteps);
  }

  /** Paths were dropped. */
  public void dropped(long morePaths) {
    nanPaths.add(morePaths);
  }

  /** A kernel was made ready. */
  public void compiled(long millis) {
    compileMs.add(millis);
  }

  /** The numbers now. */
  public Snapshot snapshot() {
    return new Snapshot(paths.sum(), pathSteps.sum(), nanPaths.sum(), compileMs.sum());
  }
}
