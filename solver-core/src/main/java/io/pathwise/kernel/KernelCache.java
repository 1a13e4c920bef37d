package io.pathwise.kernel;

import java.util.LinkedHashMap;
import java.util.List;
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

  private final Map<String, CompiledKernel> kernels =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompiledKernel> eldest) {
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
   * The compiled fragments of a program.
   *
   * @throws IllegalStateException if the generated source does not compile, with the source
   */
  public synchronized CompiledKernel get(String digest, List<FragmentPlan> plans) {
    return kernels.computeIfAbsent(digest, key -> compile(plans));
  }

  /** How many kernels this JVM has compiled. */
  public long compilations() {
    return compilations.get();
  }

  /** The time spent in compiling, in nanoseconds. */
  public long compileNanos() {
    return nanos.get();
  }

  private CompiledKernel compile(List<FragmentPlan> plans) {
    long start = System.nanoTime();
    String source = JavaEmitter.emit(plans);
    SimpleCompiler compiler = new SimpleCompiler();
    compiler.setParentClassLoader(KernelCache.class.getClassLoader());
    try {
      compiler.cook(source);
      Class<?> type = compiler.getClassLoader().loadClass(JavaEmitter.CLASS_NAME);
      CompiledKernel kernel = (CompiledKernel) type.getDeclaredConstructor().newInstance();
      compilations.incrementAndGet();
      nanos.addAndGet(System.nanoTime() - start);
      return kernel;
    } catch (CompileException | ReflectiveOperationException e) {
      throw new IllegalStateException("generated kernel does not compile:\n" + source, e);
    }
  }
}
