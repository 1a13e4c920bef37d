package io.pathwise.spark.job;

import io.pathwise.kernel.Precision;
import io.pathwise.noise.NoiseSource;
import java.util.List;
import java.util.Optional;

/** Reads where the normals of the paths come from: {@code simulation.sampling}. */
final class SamplingReader {
  /** The key of the section. */
  static final String KEY = "sampling";

  private static final String FORM = "{ method = pseudo | sobol | stratified, ... }";
  private static final int RANDOMISATIONS = 16;
  private static final int STRATA = 64;
  private static final int MOST_GROUPS = 1 << 20;

  private SamplingReader() {}

  /** The methods by their names in job files. */
  enum Method {
    PSEUDO,
    SOBOL,
    STRATIFIED
  }

  /** The source of a simulation; pseudo-random numbers where it has no section. */
  static NoiseSource read(Section simulation) {
    if (!simulation.has(KEY)) {
      return NoiseSource.PSEUDO;
    }
    return simulation.section(KEY, FORM).map(SamplingReader::source).orElse(NoiseSource.PSEUDO);
  }

  private static NoiseSource source(Section section) {
    Method method = section.requiredChoice("method", Method.class);
    int randomisations =
        (int) section.whole("randomisations", 2, MOST_GROUPS).orElse(RANDOMISATIONS);
    int strata = (int) section.whole("strata", 2, MOST_GROUPS).orElse(STRATA);
    if (Integer.bitCount(strata) != 1) {
      section.complain("strata", "expected a power of two, such as " + STRATA);
      strata = STRATA;
    }
    Optional<String> bridge = section.choice("bridge", List.of("true", "false"));
    section.finish("key");
    if (section.choice("method", Method.class).isPresent()) {
      onlyWith(section, "randomisations", method, Method.SOBOL);
      onlyWith(section, "bridge", method, Method.SOBOL);
      onlyWith(section, "strata", method, Method.STRATIFIED);
    }
    return switch (method) {
      case PSEUDO -> NoiseSource.PSEUDO;
      case SOBOL -> new NoiseSource.Sobol(randomisations, !bridge.equals(Optional.of("false")));
      case STRATIFIED -> new NoiseSource.Stratified(strata);
    };
  }

  /** A setting that the method does not use is a mistake. */
  private static void onlyWith(Section section, String key, Method method, Method needed) {
    if (section.has(key) && method != needed) {
      section.complain(
          key,
          "given with method = %s, expected only with %s"
              .formatted(Section.spell(method), Section.spell(needed)));
    }
  }

  /**
   * The shard size of a simulation: paths that belong together fill shards of their own. Says what
   * does not go together.
   */
  static int shardSize(
      Section simulation, NoiseSource source, long paths, Precision precision, int wanted) {
    int groups = groups(source);
    if (groups == 1) {
      return wanted;
    }
    if (precision != Precision.DOUBLE) {
      simulation.complain(
          "precision", "prepared noise is in double precision, expected double with " + KEY);
    }
    long each = paths / groups;
    if (each < 2 || each * groups != paths || Long.bitCount(each) != 1) {
      long near = groups * Math.max(2, Long.highestOneBit(each));
      simulation.complain(
          "paths",
          "expected %d groups of a power of two, such as %d or %d"
              .formatted(groups, near, 2 * near));
      return wanted;
    }
    int size = (int) Math.min(each, wanted);
    if (each % size != 0) {
      simulation.complain("shard-size", "expected a power of two with " + KEY);
    }
    return size;
  }

  /** The runs of paths that belong together. */
  private static int groups(NoiseSource source) {
    if (source instanceof NoiseSource.Sobol sobol) {
      return sobol.randomisations();
    }
    return source instanceof NoiseSource.Stratified stratified ? stratified.strata() : 1;
  }
}
