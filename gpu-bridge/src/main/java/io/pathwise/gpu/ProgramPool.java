package io.pathwise.gpu;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The compiled programs of this JVM by device and source: a source compiles once, whatever the
 * number of tasks, since platforms do not give back all that a program takes. Holds the most
 * recently used ones.
 */
final class ProgramPool {
  static final int CAPACITY = 64;

  private record Key(long device, String source) {}

  private static final Map<Key, OpenClProgram> PROGRAMS = new LinkedHashMap<>(16, 0.75f, true);

  private ProgramPool() {}

  static synchronized OpenClProgram get(OpenClDevice device, String source) {
    Key key = new Key(device.handle().getDeviceId(), source);
    OpenClProgram program = PROGRAMS.get(key);
    if (program == null) {
      program = OpenClProgram.of(device, source);
      PROGRAMS.put(key, program);
      if (PROGRAMS.size() > CAPACITY) {
        var eldest = PROGRAMS.entrySet().iterator();
        eldest.next().getValue().dispose();
        eldest.remove();
      }
    }
    return program;
  }
}
