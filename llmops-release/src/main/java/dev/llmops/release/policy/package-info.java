/** The policy of a release: stages, lines and limits, read from YAML and checked as a whole. */
@NullMarked
package dev.llmops.release.policy;

import org.jspecify.annotations.NullMarked;
