/** Two version sets side by side: the release gate over HTTP. */
@NullMarked
package dev.llmops.samples.gateway.release;

import org.jspecify.annotations.NullMarked;
