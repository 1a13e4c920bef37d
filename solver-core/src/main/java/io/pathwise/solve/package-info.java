/** The façade for Java users, shards, and the executor of the CPU. */
package io.pathwise.solve;
