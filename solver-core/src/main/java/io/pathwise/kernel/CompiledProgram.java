package io.pathwise.kernel;

/**
 * A program ready to be bound to data: its fragments as they were planned, and their code.
 *
 * <p>They stay together because programs with the same digest may list the same leaves in another
 * order, and code fits only the tables of the plans it was generated from.
 *
 * @param fragments the planned fragments
 * @param kernel the code generated from exactly these plans
 */
public record CompiledProgram(ProgramFragments fragments, CompiledKernel kernel) {}
