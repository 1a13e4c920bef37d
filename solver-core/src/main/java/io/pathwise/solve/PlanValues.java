package io.pathwise.solve;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What changes in a plan when it is evaluated again: a few numbers, where the plan itself has
 * graphs and instances.
 *
 * @param parameters the value of every parameter
 * @param seed the seed of the noise
 * @param shifts for each output, what its sums are taken about
 */
public record PlanValues(Map<String, Double> parameters, long seed, List<Double> shifts) {

  /** Copies the collections. */
  public PlanValues {
    parameters = Map.copyOf(parameters);
    shifts = List.copyOf(shifts);
  }

  /** Those of a plan. */
  public static PlanValues of(SimulationPlan plan) {
    PathRun run = plan.fine();
    return new PlanValues(
        run.parameters(),
        run.seed(),
        run.schedule().outputs().stream().map(output -> output.shift()).toList());
  }

  /** As bytes, to travel. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(parameters.size());
      for (Map.Entry<String, Double> parameter : new TreeMap<>(parameters).entrySet()) {
        out.writeUTF(parameter.getKey());
        out.writeDouble(parameter.getValue());
      }
      out.writeLong(seed);
      out.writeInt(shifts.size());
      for (double shift : shifts) {
        out.writeDouble(shift);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * The values of bytes.
   *
   * @throws IllegalArgumentException if they are no values
   */
  public static PlanValues decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Map<String, Double> parameters = new TreeMap<>();
      for (int i = in.readInt(); i > 0; i--) {
        parameters.put(in.readUTF(), in.readDouble());
      }
      long seed = in.readLong();
      List<Double> shifts = new ArrayList<>();
      for (int i = in.readInt(); i > 0; i--) {
        shifts.add(in.readDouble());
      }
      return new PlanValues(parameters, seed, shifts);
    } catch (IOException e) {
      throw new IllegalArgumentException("not the bytes of a plan's values: " + e.getMessage(), e);
    }
  }
}
