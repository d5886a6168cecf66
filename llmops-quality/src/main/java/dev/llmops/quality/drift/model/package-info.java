/** Changes of the model behind a name that the provider does not announce. */
@NullMarked
package dev.llmops.quality.drift.model;

import org.jspecify.annotations.NullMarked;
