package dev.llmops.core;

import dev.llmops.core.record.ErrorKind;
import java.util.Objects;

/**
 * A tool that runs within a call; closing it ends it, with success unless {@link #fail} was called. A tool that is still
 * running when the call ends, ends with it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RunningTool implements AutoCloseable {

    private final OpenInterval interval;

    RunningTool(OpenInterval interval) {
        this.interval = interval;
    }

    /**
     * Marks the run as failed.
     *
     * @param kind the class of the error
     */
    public void fail(ErrorKind kind) {
        ErrorKind known = Objects.requireNonNullElse(kind, ErrorKind.INTERNAL);
        interval.call.change(() -> interval.errorKind = known);
    }

    /**
     * Marks the run as failed.
     *
     * @param error the tool's exception
     */
    public void fail(Throwable error) {
        fail(interval.call.pipeline.classify(error).kind());
    }

    /** Ends the tool's run; the first time counts. */
    @Override
    public void close() {
        CallState call = interval.call;
        call.change(() -> interval.close(call.pipeline.ticker.nanos()));
    }
}
