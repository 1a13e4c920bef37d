package io.pathwise.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The jobs reach the GPU through the core's service interface alone. */
class SparkArchitectureTest {

  @Test
  void theJobsNeverDependOnTheGpuBridgeOrAparapi() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.pathwise.gpu..", "com.aparapi..")
        .allowEmptyShould(true)
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.pathwise.spark"));
  }
}
