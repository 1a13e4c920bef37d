package io.pathwise.gpu;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLPlatform;
import io.pathwise.solve.ComputeDevice;
import io.pathwise.solve.DeviceException;
import io.pathwise.solve.DeviceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The OpenCL devices of this machine, found once: GPUs before all others. */
final class OpenClDevices {
  private static final String ACCELERATOR = "GPU";

  /** Aparapi logs that it finds no OpenCL library; here that means no devices. */
  private static final String LOG_LEVEL = "com.aparapi.logLevel";

  private static List<OpenClDevice> found;

  private OpenClDevices() {}

  /** All devices; none where there is no OpenCL library. */
  static synchronized List<OpenClDevice> all() {
    if (found == null) {
      System.setProperty(LOG_LEVEL, System.getProperty(LOG_LEVEL, "OFF"));
      found = find();
    }
    return found;
  }

  private static List<OpenClDevice> find() {
    List<OpenClDevice> devices = new ArrayList<>();
    for (Device.TYPE type : List.of(Device.TYPE.GPU, Device.TYPE.ACC, Device.TYPE.CPU)) {
      for (OpenCLDevice device : OpenCLDevice.listDevices(type)) {
        OpenCLPlatform platform = device.getOpenCLPlatform();
        devices.add(
            new OpenClDevice(
                device,
                new ComputeDevice(
                    devices.size(),
                    platform.getName(),
                    device.getName(),
                    type == Device.TYPE.ACC ? "ACCELERATOR" : type.name(),
                    device.getGlobalMemSize(),
                    device.getMaxComputeUnits(),
                    OpenClDevice.computesDoubles(device),
                    platform.getVersion())));
      }
    }
    return List.copyOf(devices);
  }

  /**
   * The device that a request gets: the one assigned, or named, or the first.
   *
   * @throws DeviceException if there is none that fits, with those there are
   */
  static OpenClDevice select(DeviceRequest request) {
    List<OpenClDevice> all = all();
    if (all.isEmpty()) {
      throw new DeviceException(
          "no OpenCL device on this machine: install the driver of the GPU, or pocl-opencl-icd to"
              + " run kernels on the CPU's cores; `pathwise devices` lists what is found",
          true);
    }
    if (request.device().isPresent()) {
      return named(request.device().get(), all);
    }
    return request.address().isPresent() ? assigned(request.address().get(), all) : all.get(0);
  }

  private static OpenClDevice named(String wanted, List<OpenClDevice> all) {
    return all.stream()
        .filter(
            device ->
                wanted.equals(Integer.toString(device.description().index()))
                    || device
                        .description()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new DeviceException(
                    "gpu.device = " + wanted + ": no such device, expected one of " + list(all),
                    true));
  }

  /** Addresses count the GPUs; where there are none, all devices, which stand in for them. */
  private static OpenClDevice assigned(String address, List<OpenClDevice> all) {
    List<OpenClDevice> gpus =
        all.stream().filter(d -> d.description().type().equals(ACCELERATOR)).toList();
    List<OpenClDevice> counted = gpus.isEmpty() ? all : gpus;
    for (int i = 0; i < counted.size(); i++) {
      if (address.equals(Integer.toString(i))) {
        return counted.get(i);
      }
    }
    throw new DeviceException(
        "Spark has assigned GPU " + address + ", which is none of " + list(counted));
  }

  private static String list(List<OpenClDevice> devices) {
    return devices.stream()
        .map(device -> device.description().index() + " " + device.description().description())
        .collect(Collectors.joining(", "));
  }
}
