package io.pathwise.spark.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.pathwise.solve.ComputeDevice;
import io.pathwise.spark.report.ResultTable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pathwise devices}: where kernels can run. */
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    description = "Lists OpenCL devices and what kernels on the CPU use.")
final class DevicesCommand implements Callable<Integer> {
  private static final int BITS_A_DOUBLE = 64;
  private static final List<String> COLUMNS =
      List.of("index", "type", "platform", "name", "memory MiB", "units", "fp64", "driver");

  private final Services services;

  DevicesCommand(Services services) {
    this.services = services;
  }

  @Mixin private FormatOption format;

  @Override
  public Integer call() {
    List<ComputeDevice> devices = services.accelerators().get();
    if (format.forPeople()) {
      cores();
      services
          .out()
          .println(
              devices.isEmpty()
                  ? "opencl: no device found; a GPU needs its driver, and pocl-opencl-icd (Debian)"
                      + " makes one of the CPU's cores"
                  : "opencl:");
    }
    if (!devices.isEmpty() || !format.forPeople()) {
      services.out().print(format.format(table(devices)));
    }
    return ExitCode.DONE;
  }

  private void cores() {
    String processor = System.getProperty("os.arch");
    services
        .out()
        .println("cpu: " + Runtime.getRuntime().availableProcessors() + " cores, " + processor);
    services
        .out()
        .println("  jvm: " + System.getProperty("java.vm.name") + " " + Runtime.version());
    services.out().println("  vectors: " + vectors());
  }

  private static ResultTable table(List<ComputeDevice> devices) {
    List<List<Object>> rows = new ArrayList<>();
    for (ComputeDevice device : devices) {
      rows.add(
          List.of(
              device.index(),
              device.type(),
              device.platform(),
              device.name(),
              device.memoryBytes() >> 20,
              device.computeUnits(),
              device.doubles() ? "yes" : "no",
              device.driver()));
    }
    return new ResultTable(COLUMNS, rows);
  }

  /** The widest vectors that HotSpot compiles loops to. */
  private static String vectors() {
    HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      int bits = 8 * Integer.parseInt(vm.getVMOption("MaxVectorSize").getValue());
      boolean on = Boolean.parseBoolean(vm.getVMOption("UseSuperWord").getValue());
      return on && bits >= BITS_A_DOUBLE
          ? bits + " bits, " + bits / BITS_A_DOUBLE + " doubles at once"
          : "off (MaxVectorSize " + bits / 8 + ", UseSuperWord " + on + ")";
    } catch (IllegalArgumentException | NullPointerException e) {
      return "not known for this virtual machine";
    }
  }
}
