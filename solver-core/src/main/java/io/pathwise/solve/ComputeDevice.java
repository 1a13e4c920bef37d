package io.pathwise.solve;

/**
 * Something kernels run on.
 *
 * @param index its number among the devices of its backend
 * @param platform who drives it
 * @param name what its maker calls it
 * @param type CPU, GPU or ACCELERATOR
 * @param memoryBytes its memory
 * @param computeUnits its cores or multiprocessors
 * @param doubles whether it computes in double precision
 * @param driver the version of what drives it
 */
public record ComputeDevice(
    int index,
    String platform,
    String name,
    String type,
    long memoryBytes,
    int computeUnits,
    boolean doubles,
    String driver) {

  /** The device in words. */
  public String description() {
    return name + " (" + platform + ", " + type + ")";
  }
}
