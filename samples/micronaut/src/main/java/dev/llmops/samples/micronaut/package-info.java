/** A Micronaut service that streams answers of a model, measured by the plain library. */
@NullMarked
package dev.llmops.samples.micronaut;

import org.jspecify.annotations.NullMarked;
