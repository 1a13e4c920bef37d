package io.pathwise.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;

/**
 * Compiled kernels by the digest of what they compute: a program compiles once in a JVM, whatever
 * the number of tasks. Holds the most recently used ones.
 */
public final class KernelCache {
  private static final int CAPACITY = 256;

  private static final KernelCache SHARED = new KernelCache();

  private final Map<String, CompiledProgram> programs =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompiledProgram> eldest) {
          return size() > CAPACITY;
        }
      };

  private final AtomicLong compilations = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();

  private KernelCache() {}

  /** The cache of this JVM. */
  public static KernelCache shared() {
    return SHARED;
  }

  /**
   * The planned and compiled fragments of a program; those of an equal one where it has been here.
   *
   * @throws IllegalStateException if the generated source does not compile, with the source
   */
  public synchronized CompiledProgram get(PathProgram program) {
    return programs.computeIfAbsent(program.digest(), key -> compile(program));
  }

  /** How many kernels this JVM has compiled. */
  public long compilations() {
    return compilations.get();
  }

  /** The time spent in compiling, in nanoseconds. */
  public long compileNanos() {
    return nanos.get();
  }

  private CompiledProgram compile(PathProgram program) {
    long start = System.nanoTime();
    ProgramFragments fragments = new ProgramFragments(program);
    String source = fragments.javaSource();
    SimpleCompiler compiler = new SimpleCompiler();
    compiler.setParentClassLoader(KernelCache.class.getClassLoader());
    try {
      compiler.cook(source);
      Class<?> type = compiler.getClassLoader().loadClass(JavaEmitter.CLASS_NAME);
      CompiledKernel kernel = (CompiledKernel) type.getDeclaredConstructor().newInstance();
      compilations.incrementAndGet();
      nanos.addAndGet(System.nanoTime() - start);
      return new CompiledProgram(fragments, kernel);
    } catch (CompileException | ReflectiveOperationException e) {
      throw new IllegalStateException("generated kernel does not compile:\n" + source, e);
    }
  }
}
