/** Mergeable statistics whose bits do not depend on how the work was split. */
package io.pathwise.estimate;
