/** Internal, not part of the API: records of calls in bytes, grouped by key in bounded memory. */
@NullMarked
package dev.llmops.release.internal.records;

import org.jspecify.annotations.NullMarked;
