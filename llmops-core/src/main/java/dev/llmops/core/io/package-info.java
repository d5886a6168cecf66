/**
 * Files that people write, read in one way.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.llmops.core.io;

import org.jspecify.annotations.NullMarked;
