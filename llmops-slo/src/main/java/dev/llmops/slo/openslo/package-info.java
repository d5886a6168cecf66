/**
 * OpenSLO v1 in and out. Start at {@link dev.llmops.slo.openslo.OpenSlo}.
 */
@NullMarked
package dev.llmops.slo.openslo;

import org.jspecify.annotations.NullMarked;
