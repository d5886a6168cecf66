/** Reads what responses of models say, as whole objects, as items of a stream, or as server-sent events. */
@NullMarked
package dev.llmops.core.response;

import org.jspecify.annotations.NullMarked;
