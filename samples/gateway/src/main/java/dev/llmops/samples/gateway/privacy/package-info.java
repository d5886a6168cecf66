/** Redaction of everything that the gateway shows. */
@NullMarked
package dev.llmops.samples.gateway.privacy;

import org.jspecify.annotations.NullMarked;
