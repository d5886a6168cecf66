/** Quality of answers: feedback, evaluations, refusals, contracts and outcomes. Start at {@link dev.llmops.quality.QualityMonitor}. */
@NullMarked
package dev.llmops.quality;

import org.jspecify.annotations.NullMarked;
