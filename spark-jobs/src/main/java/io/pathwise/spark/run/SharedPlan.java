package io.pathwise.spark.run;

import io.pathwise.solve.PlanCodec;
import io.pathwise.solve.SimulationPlan;
import java.io.Serializable;

/**
 * A plan that travels to executors once, as bytes, and is read there once: all tasks of an executor
 * share what a broadcast holds.
 */
final class SharedPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes;
  private transient SimulationPlan plan;

  /** A plan to be sent. */
  SharedPlan(SimulationPlan plan) {
    this.bytes = PlanCodec.encode(plan);
  }

  /** The plan. */
  synchronized SimulationPlan plan() {
    if (plan == null) {
      plan = PlanCodec.decode(bytes);
    }
    return plan;
  }
}
