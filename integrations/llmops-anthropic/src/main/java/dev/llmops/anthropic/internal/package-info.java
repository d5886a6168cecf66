/** Internal, not part of the API: what reads the responses and exceptions of the client. */
@NullMarked
package dev.llmops.anthropic.internal;

import org.jspecify.annotations.NullMarked;
