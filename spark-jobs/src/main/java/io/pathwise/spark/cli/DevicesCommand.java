package io.pathwise.spark.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code pathwise devices}: where kernels can run. */
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    description = "Lists OpenCL devices and what kernels on the CPU use.")
final class DevicesCommand implements Callable<Integer> {
  private static final int BITS_A_DOUBLE = 64;

  private final Services services;

  DevicesCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    String processor = System.getProperty("os.arch");
    services
        .out()
        .println("cpu: " + Runtime.getRuntime().availableProcessors() + " cores, " + processor);
    services
        .out()
        .println("  jvm: " + System.getProperty("java.vm.name") + " " + Runtime.version());
    services.out().println("  vectors: " + vectors());
    List<String> accelerators = services.accelerators().get();
    if (accelerators.isEmpty()) {
      services.out().println("opencl: no OpenCL executor installed");
    }
    accelerators.forEach(line -> services.out().println("opencl: " + line));
    return ExitCode.DONE;
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
