package io.pathwise.gpu;

/**
 * How the 512 lanes of a block are spread over a work group. A GPU gives every lane a work item; a
 * CPU gives all lanes to one item, which takes several at once in a vector register.
 *
 * @param width the paths that an item takes at once: 1 or 8
 * @param group the work items of a group; {@code width * group} divides the lanes of a block
 * @param constant whether uniform values are in constant memory
 */
record Geometry(int width, int group, boolean constant) {}
