package dev.llmops.cost.internal;

import dev.llmops.core.record.UsageKind;

/** Reads how much of a kind was reported. */
@FunctionalInterface
public interface UsageCounts {

    long NOT_REPORTED = -1;

    /** The count in the inclusive form, or {@link #NOT_REPORTED}. */
    long count(UsageKind kind);
}
