/** An OpenAI-compatible gateway that shows every view of the calls it passes on. */
@NullMarked
package dev.llmops.samples.gateway;

import org.jspecify.annotations.NullMarked;
