package io.pathwise.spark.job;

import io.pathwise.solve.DeviceRequest;
import io.pathwise.solve.ParityCheck;
import java.util.Optional;

/**
 * How OpenCL devices are used.
 *
 * @param device the number of a device or a part of its name
 * @param parityCheck how often results are held against the CPU's
 */
public record GpuSpec(Optional<String> device, ParityCheck parityCheck) {

  static GpuSpec read(Section job) {
    return job.section("gpu", "{ parity-check = first-shard }")
        .map(
            section -> {
              section.know("device");
              Optional<String> device =
                  section
                      .value("device")
                      .map(value -> String.valueOf(value.unwrapped()))
                      .filter(text -> !text.isBlank());
              GpuSpec spec =
                  new GpuSpec(device, section.requiredChoice("parity-check", ParityCheck.class));
              section.finish("key");
              return spec;
            })
        .orElse(new GpuSpec(Optional.empty(), ParityCheck.FIRST_SHARD));
  }

  /**
   * What a task asks of its machine.
   *
   * @param address the number of the accelerator that Spark has assigned to the task
   */
  public DeviceRequest request(Optional<String> address) {
    return new DeviceRequest(device, address, parityCheck);
  }
}
