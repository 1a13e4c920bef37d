package io.pathwise.solve;

/** How often the results of an accelerator are held against the CPU's, bit by bit. */
public enum ParityCheck {
  /** The first shard that a program computes on a device in this JVM. */
  FIRST_SHARD,
  /** The first shard of every task of every run. */
  EVERY_RUN,
  /** Never. */
  OFF
}
