/** Internal, not part of the API: what reads the responses of Spring AI. */
@NullMarked
package dev.llmops.springai.internal;

import org.jspecify.annotations.NullMarked;
