package dev.llmops.core.record;

import org.jspecify.annotations.Nullable;

/**
 * A tool's run within a call.
 *
 * @param name the tool's name
 * @param offsetNanos nanoseconds from the start of the call to the start of the tool
 * @param durationNanos how long the tool took, in nanoseconds
 * @param errorKind why it failed, or null when it succeeded
 * @since 0.1.0
 */
public record ToolCall(
        String name,
        long offsetNanos,
        long durationNanos,
        @Nullable ErrorKind errorKind) {

    /**
     * Returns true if the tool succeeded.
     *
     * @return true when there is no error kind
     */
    public boolean isSuccess() {
        return errorKind == null;
    }
}
