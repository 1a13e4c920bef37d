package io.pathwise;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dependency directions inside the core: section 2 of the architecture, as a test. */
class ArchitectureTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
          .importPackages("io.pathwise");

  /** What the measures, objectives and layers on top may use. */
  private static final Set<String> UPPER = Set.of("solve", "payoff", "estimate", "model");

  /** Calibrations also read parameters' bounds, draw numbers and choose how derivatives are had. */
  private static final Set<String> CALIBRATE =
      Set.of("solve", "payoff", "estimate", "model", "sde", "expr", "noise", "scheme", "adjoint");

  /** Package to the packages it may use. A new package needs a row. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("expr", Set.of()),
          Map.entry("sde", Set.of("expr")),
          Map.entry("noise", Set.of("expr")),
          Map.entry("scheme", Set.of("expr", "sde", "noise")),
          Map.entry("control", Set.of("expr", "sde", "noise", "scheme")),
          Map.entry("payoff", Set.of("expr")),
          Map.entry("kernel", Set.of("expr", "noise", "payoff")),
          Map.entry("prepare", Set.of("expr", "noise", "kernel")),
          Map.entry("adjoint", Set.of("expr", "sde", "scheme", "payoff", "kernel")),
          Map.entry(
              "solve",
              Set.of(
                  "expr",
                  "sde",
                  "noise",
                  "scheme",
                  "control",
                  "payoff",
                  "kernel",
                  "prepare",
                  "adjoint",
                  "estimate")),
          Map.entry("estimate", Set.of()),
          Map.entry("model", Set.of("sde", "expr", "payoff")),
          Map.entry("risk", UPPER),
          Map.entry("calibrate", CALIBRATE),
          Map.entry(
              "learn",
              Set.of("expr", "sde", "noise", "kernel", "solve", "payoff", "estimate", "model")));

  /**
   * The JDK; for the kernels also the compiler that makes them, for calibrations linear algebra and
   * distributions.
   */
  private static final List<String> JDK = List.of("java..");

  private static final List<String> KERNEL_LIBRARIES =
      List.of("java..", "org.codehaus.janino..", "org.codehaus.commons.compiler..");

  private static final Map<String, List<String>> LIBRARIES =
      Map.of("kernel", KERNEL_LIBRARIES, "calibrate", List.of("java..", "org.hipparchus.."));

  static Stream<String> packages() {
    return MAY_USE.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageUsesOnlyWhatTheArchitectureAllows(String name) {
    String[] allowed =
        Stream.of(
                Stream.of(tree(name)),
                MAY_USE.get(name).stream().map(ArchitectureTest::tree),
                LIBRARIES.getOrDefault(name, JDK).stream())
            .flatMap(stream -> stream)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(tree(name))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .as("io.pathwise." + name + " depends only on " + Arrays.toString(allowed))
        .allowEmptyShould(true)
        .check(CORE);
  }

  @Test
  void everyClassIsInAPackageOfTheArchitecture() {
    classes()
        .should()
        .resideInAnyPackage(packages().map(ArchitectureTest::tree).toArray(String[]::new))
        .allowEmptyShould(true)
        .check(CORE);
  }

  @Test
  void packagesHaveNoCycle() {
    slices()
        .matching("io.pathwise.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CORE);
  }

  /** Their last bit may differ from machine to machine; StrictMath's may not. */
  @Test
  void noNumberComesFromTheMachinesOwnElementaryFunctions() {
    Set<String> machines =
        Set.of(
            "exp", "expm1", "log", "log10", "log1p", "pow", "sin", "cos", "tan", "asin", "acos",
            "atan", "atan2", "sinh", "cosh", "tanh", "hypot", "cbrt");
    noClasses()
        .should()
        .callMethodWhere(
            target(owner(type(Math.class)))
                .and(
                    target(
                        describe(
                            "elementary function", method -> machines.contains(method.getName())))))
        .check(CORE);
  }

  private static String tree(String name) {
    return "io.pathwise." + name + "..";
  }
}
