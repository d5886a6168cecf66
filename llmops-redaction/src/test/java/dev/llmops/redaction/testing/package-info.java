/** Texts that are made to make redaction slow, for its tests and its benchmark. */
@NullMarked
package dev.llmops.redaction.testing;

import org.jspecify.annotations.NullMarked;
