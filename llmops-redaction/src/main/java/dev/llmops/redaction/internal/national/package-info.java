/** Internal, not part of the API: identifiers that states issue. */
@NullMarked
package dev.llmops.redaction.internal.national;

import org.jspecify.annotations.NullMarked;
