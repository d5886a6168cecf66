package dev.llmops.samples.gateway.calls;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Outcome;
import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.Exchange;
import java.util.Map;
import java.util.Objects;

/** What a client is told of a call that did not complete. */
public final class CallErrors {

    private static final int BAD_GATEWAY = 502;

    /** Where the provider gave no status of its own. */
    private static final Map<ErrorKind, Integer> STATUS = Map.of(
            ErrorKind.RATE_LIMITED, 429,
            ErrorKind.OVERLOADED, 503,
            ErrorKind.TIMEOUT, 504,
            ErrorKind.BUDGET_EXCEEDED, 402,
            ErrorKind.DEPENDENCY_FAILED, 503,
            ErrorKind.CANCELLED, 503,
            ErrorKind.INVALID_REQUEST, 400,
            ErrorKind.CONTEXT_LENGTH, 400,
            ErrorKind.CONTENT_FILTER, 400);

    private CallErrors() {}

    /** The error of a call that ended in anything but success; a {@code Retry-After} goes into the answer's head. */
    public static ApiError of(ModelAnswer answer, Exchange exchange) {
        CallRecord record = answer.record();
        CallError error = Objects.requireNonNullElse(record.error(), CallError.of(ErrorKind.INTERNAL));
        if (answer.retryAfter() != null && !exchange.response.headWritten()) {
            exchange.response.putHeader("Retry-After", answer.retryAfter());
        }
        return new ApiError(status(error), error.kind().name(), message(record.outcome(), error), null);
    }

    private static int status(CallError error) {
        int upstream = error.httpStatus().orElse(0);
        if (upstream == 401 || upstream == 403) {
            // The key that was refused is the gateway's, not the client's.
            return BAD_GATEWAY;
        }
        return upstream >= 400 ? upstream : STATUS.getOrDefault(error.kind(), BAD_GATEWAY);
    }

    private static String message(Outcome outcome, CallError error) {
        return switch (outcome) {
            case TIMED_OUT -> "the deadline passed before the answer was complete";
            case CANCELLED -> "the gateway is stopping";
            default -> Objects.requireNonNullElse(error.message(), error.kind().name());
        };
    }
}
