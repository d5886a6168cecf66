/** Judges of answers: sampling, budget, cost and calibration. Start at {@link dev.llmops.quality.judge.Judge}. */
@NullMarked
package dev.llmops.quality.judge;

import org.jspecify.annotations.NullMarked;
