package io.pathwise.gpu;

import com.aparapi.device.OpenCLDevice;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Where the calls of a device take turns, whatever task they come from. It is a thread of its own
 * because Aparapi, when a call fails, lets go of arrays that it has not taken hold of, after which
 * the collector no longer waits for calls from that thread: it is then replaced.
 */
final class DeviceThread {
  private static final Map<Long, DeviceThread> THREADS = new ConcurrentHashMap<>();

  private ExecutorService thread = start();

  /** The program whose arrays are on the device. */
  private OpenClProgram holder;

  private DeviceThread() {}

  static DeviceThread of(OpenCLDevice device) {
    return THREADS.computeIfAbsent(device.getDeviceId(), id -> new DeviceThread());
  }

  /** Runs a task when the device is free, and waits for it, even when interrupted. */
  <T> T call(Supplier<T> task) {
    CompletableFuture<T> result;
    synchronized (this) {
      result = CompletableFuture.supplyAsync(task, thread);
    }
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** On the thread: what another program has on the device goes. */
  void hold(OpenClProgram program) {
    if (holder != null && holder != program) {
      holder.release();
    }
    holder = program;
  }

  /** On the thread: later calls get another one. */
  synchronized void replace() {
    thread.shutdown();
    thread = start();
  }

  private static ExecutorService start() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread made = new Thread(task, "pathwise-device");
          made.setDaemon(true);
          return made;
        });
  }
}
