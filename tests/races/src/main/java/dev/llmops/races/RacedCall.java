package dev.llmops.races;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A call that threads race for, and the records that its listener got. */
final class RacedCall {

    private static final Object KEY = RacedCall.class;

    /** Shared by all calls: a race makes millions of them, and each instance has a thread of its own. */
    private static final LlmOps LLMOPS = LlmOps.builder()
            .detectVersions(false)
            .recentCalls(0, LlmOps.DEFAULT_RECENT_CALLS_MAX_AGE)
            .listener(new LlmListener() {
                @Override
                public void callEnded(LiveCall live, CallRecord record) {
                    if (live.attachment(KEY) instanceof RacedCall raced) {
                        raced.records.incrementAndGet();
                        raced.record = record;
                    }
                }
            })
            .build();

    final LlmCall call = LLMOPS.call(Operation.CHAT, "provider", "model").start();
    private final AtomicInteger records = new AtomicInteger();
    private volatile @Nullable CallRecord record;

    RacedCall() {
        call.live().attach(KEY, this);
    }

    int records() {
        return records.get();
    }

    CallRecord record() {
        CallRecord ended = record;
        if (ended == null) {
            throw new IllegalStateException("the call has no record — end it first");
        }
        return ended;
    }
}
