/** The client side: OpenAI-compatible servers, streaming and not. */
@NullMarked
package dev.llmops.samples.gateway.provider;

import org.jspecify.annotations.NullMarked;
