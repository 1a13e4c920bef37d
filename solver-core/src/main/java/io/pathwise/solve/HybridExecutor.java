package io.pathwise.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives shards to an accelerator and, while other threads keep that busy, to this thread's core.
 * Which shard ran where does not reach a number, since both compute the same bits.
 *
 * <p>A core takes a shard only if it is done with it sooner than the accelerator would be with all
 * that is left, by the speeds measured so far.
 */
public final class HybridExecutor implements ShardExecutor {
  /** Threads that use the accelerator at once: one computes while the other prepares. */
  private static final int AT_ONCE = 2;

  private final ShardExecutor accelerator;
  private final CpuExecutor cpu = new CpuExecutor();
  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final AtomicLong acceleratorNanos = new AtomicLong();
  private final AtomicLong cpuNanos = new AtomicLong();

  /** Shares the work of an accelerator with the cores; all threads share one instance. */
  public HybridExecutor(ShardExecutor accelerator) {
    this.accelerator = accelerator;
  }

  @Override
  public String backend() {
    return accelerator.backend() + "+" + cpu.backend();
  }

  @Override
  public List<ComputeDevice> devices() {
    return accelerator.devices();
  }

  @Override
  public ComputeDevice device(DeviceRequest request) {
    return accelerator.device(request);
  }

  @Override
  public String source(PathRun run) {
    return accelerator.source(run);
  }

  @Override
  public ShardRunner open(PathRun run, DeviceRequest request) {
    return new Runner(accelerator.open(run, request), cpu.open(run));
  }

  private final class Runner implements ShardRunner {
    private final ShardRunner device;
    private final ShardRunner core;

    Runner(ShardRunner device, ShardRunner core) {
      this.device = device;
      this.core = core;
    }

    @Override
    public int batch() {
      return device.batch();
    }

    @Override
    public List<ShardResult> run(List<Shard> shards, PathSink sink, Carry carry) {
      List<ShardResult> results = new ArrayList<>();
      while (results.size() < shards.size()) {
        List<Shard> left = shards.subList(results.size(), shards.size());
        boolean turn = turns.tryAcquire();
        if (!turn && coreIsSooner(left.size())) {
          results.addAll(timed(core, left.subList(0, 1), sink, carry, cpuNanos));
          continue;
        }
        if (!turn) {
          turns.acquireUninterruptibly();
        }
        try {
          results.addAll(timed(device, left, sink, carry, acceleratorNanos));
        } finally {
          turns.release();
        }
      }
      return results;
    }

    private boolean coreIsSooner(int left) {
      return cpuNanos.get() <= (left + device.batch()) * acceleratorNanos.get();
    }

    private List<ShardResult> timed(
        ShardRunner runner,
        List<Shard> shards,
        PathSink sink,
        Carry carry,
        AtomicLong nanosPerShard) {
      long begun = System.nanoTime();
      List<ShardResult> results = runner.run(shards, sink, carry);
      nanosPerShard.set((System.nanoTime() - begun) / shards.size());
      return results;
    }
  }
}
