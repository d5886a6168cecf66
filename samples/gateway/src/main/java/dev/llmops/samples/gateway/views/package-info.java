/** The views of calls: metrics, objectives, cost, traces, feedback and evaluations. */
@NullMarked
package dev.llmops.samples.gateway.views;

import org.jspecify.annotations.NullMarked;
