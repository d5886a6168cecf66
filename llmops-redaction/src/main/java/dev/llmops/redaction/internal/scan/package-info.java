/** Internal, not part of the API: the scan for personal data and secrets, with its detectors. */
@NullMarked
package dev.llmops.redaction.internal.scan;

import org.jspecify.annotations.NullMarked;
