/** Internal, not part of the API: what Micrometer finds. */
@NullMarked
package dev.llmops.reactor.internal;

import org.jspecify.annotations.NullMarked;
