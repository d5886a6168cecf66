/** The library's own counters: what failed, was dropped or came late, and the bound on label values. */
@NullMarked
package dev.llmops.core.telemetry;

import org.jspecify.annotations.NullMarked;
