/** The OpenCL backend: binds the core's kernel sources to devices through Aparapi. */
package io.pathwise.gpu;
