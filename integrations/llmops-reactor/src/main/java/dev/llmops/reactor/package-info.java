/** An operator that measures a Flux or Mono of a language model as one call a subscription. */
@NullMarked
package dev.llmops.reactor;

import org.jspecify.annotations.NullMarked;
