package io.pathwise.solve;

import io.pathwise.kernel.CompiledKernel;
import io.pathwise.kernel.KernelCache;
import io.pathwise.kernel.ProgramFragments;

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
    ProgramFragments fragments = new ProgramFragments(run.program());
    CompiledKernel kernel = KernelCache.shared().get(run.program().digest(), fragments.plans());
    return new CpuRunner(run, fragments, kernel);
  }
}
