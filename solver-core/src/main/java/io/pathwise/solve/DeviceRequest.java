package io.pathwise.solve;

import java.util.Optional;

/**
 * What a run asks of an accelerator.
 *
 * @param device the number of a device or a part of its name; the first that fits where empty
 * @param address the number that a scheduler has assigned, counted among the accelerators
 * @param parityCheck how often results are held against the CPU's
 */
public record DeviceRequest(
    Optional<String> device, Optional<String> address, ParityCheck parityCheck) {

  /** Any device, checked once. */
  public static final DeviceRequest ANY =
      new DeviceRequest(Optional.empty(), Optional.empty(), ParityCheck.FIRST_SHARD);
}
