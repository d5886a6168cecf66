package dev.llmops.benchmarks;

import java.util.EnumSet;
import java.util.Set;

/** Parts of what a call is observed for, on top of the core, which keeps times, tokens and the outcome. */
public enum View {
    /** The core alone. */
    NONE,
    /** Metrics on Micrometer's Prometheus registry. */
    METRICS,
    /** A span on OpenTelemetry's SDK. */
    SPAN,
    /** A log event through logback and logstash-logback-encoder. */
    LOG,
    /** The price of the call. */
    COST,
    /** An objective for the time to the first token. */
    SLO,
    /** Personal data taken out of the prompt and the answer, which are captured for that. */
    REDACTION,
    /** The quality of each version, and the evidence of a gate between two. */
    QUALITY_AND_GATE,
    /** Metrics, span, log, cost and objective. */
    ALL;

    Set<View> parts() {
        return this == ALL ? EnumSet.range(METRICS, SLO) : EnumSet.of(this);
    }
}
