package io.pathwise.spark.job;

/** Is told how far a run is. Implementations may be called from any thread. */
public interface Progress extends AutoCloseable {

  /** Says how many paths the run simulates in all; called before the first {@link #advance}. */
  void begin(long totalPaths);

  /**
   * Says what was done since the last call.
   *
   * @param paths finished paths
   * @param pathSteps the steps they took, all paths together
   */
  void advance(long paths, long pathSteps);

  /** Says something that the user should know now; the run goes on. */
  void note(String text);

  /** The run is over. */
  @Override
  void close();

  /** Tells nobody. */
  static Progress none() {
    return new Progress() {
      @Override
      public void begin(long totalPaths) {}

      @Override
      public void advance(long paths, long pathSteps) {}

      @Override
      public void note(String text) {}

      @Override
      public void close() {}
    };
  }
}
