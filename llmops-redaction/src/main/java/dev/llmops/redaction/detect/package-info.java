/** What a detector is and what it reports. */
@NullMarked
package dev.llmops.redaction.detect;

import org.jspecify.annotations.NullMarked;
