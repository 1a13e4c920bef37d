/** One numerical method a file: each writes one step symbolically. */
package io.pathwise.scheme;
