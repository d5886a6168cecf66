package dev.llmops.cost;

import dev.llmops.core.record.UsageKind;

/** Reads how much of a kind was reported. */
@FunctionalInterface
interface Counts {

    long NOT_REPORTED = -1;

    /** The count in the inclusive form, or {@link #NOT_REPORTED}. */
    long count(UsageKind kind);
}
