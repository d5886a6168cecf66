/** Observed calls to the model: budget, deadline, cancellation and what a record is told. */
@NullMarked
package dev.llmops.samples.gateway.calls;

import org.jspecify.annotations.NullMarked;
