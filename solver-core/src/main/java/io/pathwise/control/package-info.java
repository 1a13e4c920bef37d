/** Step sizes that every path chooses for itself, and what happens at boundaries. */
package io.pathwise.control;
