/**
 * Service level objectives for language-model calls: one definition, evaluated alike in process, in a test, against
 * Prometheus and as generated rules.
 *
 * <p>Start at {@link dev.llmops.slo.Objective} and {@link dev.llmops.slo.engine.SloEngine}.
 */
@NullMarked
package dev.llmops.slo;

import org.jspecify.annotations.NullMarked;
