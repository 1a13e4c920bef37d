package io.pathwise.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Whether the JVM keeps its signals where a driver installs handlers of its own. The compiler in
 * PoCL does, once and for SIGSEGV among others, by which HotSpot stops threads: the process then
 * dies at some later safepoint. The JDK's libjsig, loaded before everything else, hands signals on
 * (Java SE 17 Troubleshooting Guide, "Handle Signals and Exceptions").
 */
final class SignalChaining {
  /** The library to load first. */
  static final Path LIBRARY = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");

  private static final boolean SAFE = find();

  private SignalChaining() {}

  static boolean safe() {
    return SAFE;
  }

  private static boolean find() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
      return true; // seen with PoCL on Linux alone
    }
    try {
      String loaded = Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1);
      return loaded.contains("/libjsig.so");
    } catch (IOException e) {
      return true; // not to be known
    }
  }
}
