/** The engine: events in, sliding windows of good and bad, burn rates and states out. */
@NullMarked
package dev.llmops.slo.engine;

import org.jspecify.annotations.NullMarked;
