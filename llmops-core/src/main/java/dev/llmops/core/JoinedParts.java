package dev.llmops.core;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.TokenUsage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a call that integrations inside the outermost one reported; guarded by the monitor of its
 * {@link CallState}. See docs/decisions/core.md#a-call-is-owned-by-the-outermost-integration-and-measured-by-the-innermost.
 */
final class JoinedParts {

    private final Map<CallPart, TokenUsage> usages = new HashMap<>();
    private @Nullable CallError lastFailure;
    private @Nullable CallError rejection;
    private boolean hasEndedPart;
    private int retries;

    /** Begins a part; returns true if another one has ended before it. */
    boolean startsAfterAnother() {
        if (lastFailure != null) {
            retries++;
            lastFailure = null;
        }
        return hasEndedPart;
    }

    void ended(Outcome outcome, @Nullable CallError error) {
        boolean nothingWasDone = !hasEndedPart || rejection != null;
        rejection = outcome == Outcome.REJECTED && nothingWasDone ? error : null;
        hasEndedPart = true;
        lastFailure = error;
    }

    /** Returns why the last part was rejected, if every part so far was. */
    @Nullable
    CallError rejection() {
        return rejection;
    }

    @Nullable
    CallError lastFailure() {
        return lastFailure;
    }

    int retries() {
        return retries;
    }

    @Nullable
    TokenUsage usage(CallPart part) {
        return usages.get(part);
    }

    void usage(CallPart part, @Nullable TokenUsage usage) {
        if (usage == null) {
            usages.remove(part);
        } else {
            usages.put(part, usage);
        }
    }

    /** Returns the sum of what the parts used, or the given usage if none reported any. */
    @Nullable
    TokenUsage usageOr(@Nullable TokenUsage ofOwner) {
        return usages.values().stream().reduce(TokenUsage::plus).orElse(ofOwner);
    }
}
