/** A Quarkus service that streams answers of a model, measured by the plain library. */
@NullMarked
package dev.llmops.samples.quarkus;

import org.jspecify.annotations.NullMarked;
