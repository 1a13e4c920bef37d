package io.pathwise.spark.calibrate;

import io.pathwise.calibrate.optimise.OptimiserState;
import io.pathwise.calibrate.optimise.StateCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What became of a start.
 *
 * @param state its last state; nothing where it could not begin
 * @param error why it could not
 */
record Started(Optional<OptimiserState> state, String error) {
  private static final byte SOUND = 1;

  static Started of(OptimiserState state) {
    return new Started(Optional.of(state), "");
  }

  static Started failed(RuntimeException error) {
    return new Started(Optional.empty(), String.valueOf(error.getMessage()));
  }

  /** The bytes on their way from a task. */
  byte[] encode() {
    byte[] body =
        state.map(StateCodec::write).orElseGet(() -> error.getBytes(StandardCharsets.UTF_8));
    byte[] bytes = new byte[body.length + 1];
    bytes[0] = state.isPresent() ? SOUND : 0;
    System.arraycopy(body, 0, bytes, 1, body.length);
    return bytes;
  }

  static Started decode(byte[] bytes) {
    byte[] body = Arrays.copyOfRange(bytes, 1, bytes.length);
    return bytes[0] == SOUND
        ? of(StateCodec.read(body))
        : new Started(Optional.empty(), new String(body, StandardCharsets.UTF_8));
  }
}
