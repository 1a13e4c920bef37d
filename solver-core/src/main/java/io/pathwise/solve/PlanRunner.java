package io.pathwise.solve;

import java.util.List;
import java.util.Optional;

/** Runs shards of a simulation and its companion on one thread. */
public final class PlanRunner {
  private final ShardRunner fine;
  private final Optional<ShardRunner> coarse;

  /** Compiles what is not compiled yet and allocates the workspace. */
  public PlanRunner(SimulationPlan plan, ShardExecutor executor, DeviceRequest request) {
    this.fine = executor.open(plan.fine(), request);
    this.coarse = plan.coarse().map(run -> executor.open(run, request));
  }

  /** The number of shards that are worth handing over at once. */
  public int batch() {
    return Math.max(fine.batch(), coarse.map(ShardRunner::batch).orElse(1));
  }

  /** Runs shards and adds what they deliver. */
  public void run(List<Shard> shards, Tally tally) {
    run(shards, tally, tally);
  }

  /** Runs shards; captured values go to a sink too. */
  void run(List<Shard> shards, Tally tally, PathSink sink) {
    run(shards, tally, sink, Carry.NONE, Carry.NONE);
  }

  /** Runs a leg of shards, whose paths carry their values: those of the run, of the companion. */
  public void run(List<Shard> shards, Tally tally, Carry carried, Carry companion) {
    run(shards, tally, tally, carried, companion);
  }

  private void run(List<Shard> shards, Tally tally, PathSink sink, Carry carried, Carry companion) {
    fine.run(shards, sink, carried).forEach(tally::addFine);
    coarse.ifPresent(
        runner -> runner.run(shards, PathSink.NONE, companion).forEach(tally::addCoarse));
  }
}
