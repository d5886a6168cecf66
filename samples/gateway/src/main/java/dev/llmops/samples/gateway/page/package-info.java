/** The page at {@code /ui}: the state of the gateway, refreshed by server-sent events. */
@NullMarked
package dev.llmops.samples.gateway.page;

import org.jspecify.annotations.NullMarked;
