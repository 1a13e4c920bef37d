package io.pathwise.gpu;

import com.aparapi.device.OpenCLDevice;
import io.pathwise.solve.DeviceException;

/** What a platform says about a source that it does not compile. */
final class BuildFailure {
  private BuildFailure() {}

  static DeviceException of(OpenCLDevice device, String source, RuntimeException cause) {
    return new DeviceException(
        "kernel does not compile on " + device.getName() + "\n" + source, true);
  }
}
