/** The version switch as a provider of OpenFeature. */
@NullMarked
package dev.llmops.release.openfeature;

import org.jspecify.annotations.NullMarked;
