/** A provider of models that needs no key: it answers from the prompt alone, always in the same way. */
@NullMarked
package dev.llmops.samples.provider;

import org.jspecify.annotations.NullMarked;
