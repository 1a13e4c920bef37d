package io.pathwise.solve;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** A backend that integrates shards: found by {@link ServiceLoader}. */
public interface ShardExecutor {

  /** The executors on the class path. */
  static Stream<ShardExecutor> installed() {
    return ServiceLoader.load(ShardExecutor.class).stream().map(ServiceLoader.Provider::get);
  }

  /** The name in {@code simulation.backend}: cpu or gpu. */
  String backend();

  /** The devices it finds on this machine; none where there is nothing to run on. */
  List<ComputeDevice> devices();

  /**
   * The device that a request gets.
   *
   * @throws DeviceException if there is none that fits
   */
  ComputeDevice device(DeviceRequest request);

  /**
   * Compiles (once in a JVM) and prepares a run for one thread.
   *
   * @throws DeviceException if no device fits the request, or the device cannot run the program
   */
  ShardRunner open(PathRun run, DeviceRequest request);

  /** The source of the kernel that a run compiles to. */
  String source(PathRun run);
}
