package io.pathwise.solve;

import io.pathwise.kernel.KernelCache;

/** Integrates shards with generated Java loops on the calling thread. */
public final class CpuExecutor implements ShardExecutor {

  @Override
  public String backend() {
    return "cpu";
  }

  @Override
  public String device() {
    return "Java " + Runtime.version().feature() + " on " + System.getProperty("os.arch");
  }

  @Override
  public ShardRunner open(PathRun run) {
    return new CpuRunner(run, KernelCache.shared().get(run.program()));
  }
}
