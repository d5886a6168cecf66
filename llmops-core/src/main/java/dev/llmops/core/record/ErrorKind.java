package dev.llmops.core.record;

import java.util.List;
import java.util.Set;

/**
 * The class of an error, in one word of low cardinality. The vocabulary is open: declare a constant of your own
 * with {@code new ErrorKind("quota_service_down", true)}.
 *
 * @param name lower-case name, such as {@code rate_limited}; never blank
 * @param countsAgainstAvailability true if the service is to blame; false for the caller's own faults
 * @since 0.1.0
 */
public record ErrorKind(String name, boolean countsAgainstAvailability) {

    /** The provider asked to slow down. */
    public static final ErrorKind RATE_LIMITED = new ErrorKind("rate_limited", true);

    /** The account's quota is used up: unlike a rate limit, waiting does not help. */
    public static final ErrorKind QUOTA_EXCEEDED = new ErrorKind("quota_exceeded", true);

    /** A deadline passed. */
    public static final ErrorKind TIMEOUT = new ErrorKind("timeout", true);

    /** The consumer stopped; its own choice. */
    public static final ErrorKind CANCELLED = new ErrorKind("cancelled", false);

    /** The request was malformed; the caller's fault. */
    public static final ErrorKind INVALID_REQUEST = new ErrorKind("invalid_request", false);

    /** The provider did not accept the service's credentials: a fault of the service, not of its caller. */
    public static final ErrorKind AUTHENTICATION = new ErrorKind("authentication", true);

    /** The provider forbids this use to the service's credentials. */
    public static final ErrorKind PERMISSION = new ErrorKind("permission", true);

    /** No such model or resource. */
    public static final ErrorKind NOT_FOUND = new ErrorKind("not_found", true);

    /** The prompt was longer than the model's context; the caller's fault. */
    public static final ErrorKind CONTEXT_LENGTH = new ErrorKind("context_length", false);

    /** The provider's content filter intervened; caused by what the caller sent. */
    public static final ErrorKind CONTENT_FILTER = new ErrorKind("content_filter", false);

    /** The provider could not be reached, or answered with a server error. */
    public static final ErrorKind PROVIDER_UNAVAILABLE = new ErrorKind("provider_unavailable", true);

    /** The provider or inference server is at capacity. */
    public static final ErrorKind OVERLOADED = new ErrorKind("overloaded", true);

    /** The device ran out of memory. */
    public static final ErrorKind OUT_OF_MEMORY = new ErrorKind("out_of_memory", true);

    /** The device or its driver failed. */
    public static final ErrorKind CUDA_ERROR = new ErrorKind("cuda_error", true);

    /** The model could not be loaded. */
    public static final ErrorKind MODEL_LOAD_FAILED = new ErrorKind("model_load_failed", true);

    /** Something the call depends on failed: an index, a tool, a store. */
    public static final ErrorKind DEPENDENCY_FAILED = new ErrorKind("dependency_failed", true);

    /** The stream or answer broke its own protocol. */
    public static final ErrorKind PROTOCOL_ERROR = new ErrorKind("protocol_error", true);

    /** A budget refused the call before any model work. */
    public static final ErrorKind BUDGET_EXCEEDED = new ErrorKind("budget_exceeded", false);

    /** A guard refused the call, or its answer. */
    public static final ErrorKind GUARDRAIL = new ErrorKind("guardrail", false);

    /** The service's own code failed. */
    public static final ErrorKind INTERNAL = new ErrorKind("internal", true);

    private static final List<ErrorKind> STANDARD = List.of(
            RATE_LIMITED,
            QUOTA_EXCEEDED,
            TIMEOUT,
            CANCELLED,
            INVALID_REQUEST,
            AUTHENTICATION,
            PERMISSION,
            NOT_FOUND,
            CONTEXT_LENGTH,
            CONTENT_FILTER,
            PROVIDER_UNAVAILABLE,
            OVERLOADED,
            OUT_OF_MEMORY,
            CUDA_ERROR,
            MODEL_LOAD_FAILED,
            DEPENDENCY_FAILED,
            PROTOCOL_ERROR,
            BUDGET_EXCEEDED,
            GUARDRAIL,
            INTERNAL);

    private static final Set<ErrorKind> REFUSALS = Set.of(
            RATE_LIMITED,
            QUOTA_EXCEEDED,
            INVALID_REQUEST,
            AUTHENTICATION,
            PERMISSION,
            NOT_FOUND,
            CONTEXT_LENGTH,
            OVERLOADED,
            MODEL_LOAD_FAILED,
            BUDGET_EXCEEDED);

    /**
     * Names a kind of error.
     *
     * @param name lower-case name
     * @param countsAgainstAvailability true if the service is to blame
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public ErrorKind {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "errorKind is blank ('" + name + "') — lower-case words are allowed — use a constant of ErrorKind");
        }
    }

    /**
     * Returns the kinds that this library knows.
     *
     * @return all constants of this class
     */
    public static List<ErrorKind> standard() {
        return STANDARD;
    }

    /** Returns true if a provider says so instead of working on the request. */
    boolean isRefusal() {
        return REFUSALS.contains(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
