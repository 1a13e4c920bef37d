package io.pathwise.sde;

/**
 * A structure of an equation that some schemes need, such as a known transition law. A scheme looks
 * for it by {@link Sde#capability}.
 */
public interface Capability {}
