/**
 * Random numbers without state: a counter-based generator and standard normals, each number a
 * function of (seed, stream, path, step, channel) alone.
 */
package io.pathwise.noise;
