/** Internal, not part of the API: the text under a scan and what stands around a match. */
@NullMarked
package dev.llmops.redaction.internal.text;

import org.jspecify.annotations.NullMarked;
