/** The endpoints that relay the APIs of OpenAI and Anthropic. */
@NullMarked
package dev.llmops.samples.gateway.relay;

import org.jspecify.annotations.NullMarked;
