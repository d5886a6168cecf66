/** Two samples compared once, by ranks and by criteria; for offline runs, never for a release under way. */
@NullMarked
package dev.llmops.release.compare;

import org.jspecify.annotations.NullMarked;
