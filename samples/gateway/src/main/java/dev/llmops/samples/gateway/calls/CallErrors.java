package dev.llmops.samples.gateway.calls;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Outcome;
import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.provider.ProviderException;
import java.util.Map;
import java.util.Objects;

/** Creates the error responses of calls that did not complete. */
public final class CallErrors {

    private static final int BAD_GATEWAY = 502;

    /** The statuses of errors for which the provider gave none. */
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

    /** Creates the error of the gateway's own API, whose type is the library's kind of error. */
    public static ApiError of(ModelAnswer answer) {
        CallError error = errorOf(answer);
        int status = status(error);
        // The key that was refused is the gateway's, not the client's.
        int shown = status == 401 || status == 403 ? BAD_GATEWAY : status;
        ProviderException provider = answer.error();
        return new ApiError(
                shown,
                error.kind().name(),
                message(answer.record().outcome(), error),
                provider == null ? null : provider.param(),
                provider == null ? null : provider.code());
    }

    /** Creates the error of a relayed API: status, type, param and code are the provider's. */
    public static ApiError relayed(ModelAnswer answer) {
        CallError error = errorOf(answer);
        String message = message(answer.record().outcome(), error);
        ProviderException provider = answer.error();
        if (provider == null) {
            return new ApiError(status(error), error.kind().name(), message, null);
        }
        String type = Objects.requireNonNullElse(provider.type(), error.kind().name());
        return new ApiError(status(error), type, message, provider.param(), provider.code());
    }

    private static CallError errorOf(ModelAnswer answer) {
        CallRecord record = answer.record();
        return Objects.requireNonNullElse(record.error(), CallError.of(ErrorKind.INTERNAL));
    }

    private static int status(CallError error) {
        int upstream = error.httpStatus().orElse(0);
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
