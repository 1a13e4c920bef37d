/**
 * Noise that needs the whole path before its first step: quasi-random and stratified normals with a
 * Brownian bridge, fractional processes.
 */
package io.pathwise.prepare;
