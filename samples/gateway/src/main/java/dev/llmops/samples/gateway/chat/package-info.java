/** The endpoints of chat: {@code /chat} and {@code /v1/chat/completions}. */
@NullMarked
package dev.llmops.samples.gateway.chat;

import org.jspecify.annotations.NullMarked;
