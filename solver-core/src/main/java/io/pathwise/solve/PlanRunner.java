package io.pathwise.solve;

import java.util.Optional;

/** Runs shards of a simulation and its companion on one thread. */
public final class PlanRunner {
  private final ShardRunner fine;
  private final Optional<ShardRunner> coarse;

  /** Compiles what is not compiled yet and allocates the workspace. */
  public PlanRunner(SimulationPlan plan, ShardExecutor executor) {
    this.fine = executor.open(plan.fine());
    this.coarse = plan.coarse().map(executor::open);
  }

  /** Runs a shard and adds what it delivers. */
  public void run(Shard shard, Tally tally) {
    run(shard, tally, tally);
  }

  /** Runs a shard; captured values go to a sink too. */
  void run(Shard shard, Tally tally, PathSink sink) {
    tally.addFine(fine.run(shard, sink));
    coarse.ifPresent(runner -> tally.addCoarse(runner.run(shard, PathSink.NONE)));
  }
}
