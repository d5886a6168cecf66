package dev.llmops.core;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The providers' error codes and types, the class names of their clients' exceptions, and what each means. */
final class ErrorCodes {

    private static final Map<String, ErrorKind> KINDS = new HashMap<>();

    static {
        ErrorKind.standard().forEach(kind -> are(kind, kind.name()));
        // OpenAI, Azure OpenAI, and servers compatible with them
        are(ErrorKind.RATE_LIMITED, "rate_limit_exceeded", "requests", "tokens", "insufficient_quota");
        are(ErrorKind.RATE_LIMITED, "too_many_requests", "rate_limit_reached");
        are(ErrorKind.AUTHENTICATION, "invalid_api_key", "incorrect_api_key", "account_deactivated");
        are(ErrorKind.CONTEXT_LENGTH, "context_length_exceeded", "string_above_max_length");
        are(ErrorKind.CONTENT_FILTER, "content_policy_violation", "responsibleaipolicyviolation");
        are(ErrorKind.NOT_FOUND, "model_not_found", "deployment_not_found", "deploymentnotfound");
        are(ErrorKind.PROVIDER_UNAVAILABLE, "server_error", "internal_server_error", "service_unavailable");
        are(ErrorKind.OVERLOADED, "engine_overloaded", "server_overloaded", "slow_down");
        // Anthropic
        are(ErrorKind.INVALID_REQUEST, "invalid_request_error", "request_too_large");
        are(ErrorKind.AUTHENTICATION, "authentication_error");
        are(ErrorKind.PERMISSION, "permission_error");
        are(ErrorKind.NOT_FOUND, "not_found_error");
        are(ErrorKind.RATE_LIMITED, "rate_limit_error");
        are(ErrorKind.PROVIDER_UNAVAILABLE, "api_error");
        are(ErrorKind.OVERLOADED, "overloaded_error");
        are(ErrorKind.TIMEOUT, "timeout_error");
        // Gemini
        are(ErrorKind.INVALID_REQUEST, "invalid_argument", "failed_precondition", "out_of_range");
        are(ErrorKind.AUTHENTICATION, "unauthenticated", "api_key_invalid");
        are(ErrorKind.PERMISSION, "permission_denied");
        are(ErrorKind.RATE_LIMITED, "resource_exhausted");
        are(ErrorKind.PROVIDER_UNAVAILABLE, "unavailable", "aborted", "data_loss");
        are(ErrorKind.TIMEOUT, "deadline_exceeded");
        // Bedrock
        are(ErrorKind.RATE_LIMITED, "throttlingexception", "servicequotaexceededexception");
        are(ErrorKind.TIMEOUT, "modeltimeoutexception");
        are(ErrorKind.OVERLOADED, "modelnotreadyexception");
        are(ErrorKind.INVALID_REQUEST, "validationexception");
        are(ErrorKind.PERMISSION, "accessdeniedexception");
        are(ErrorKind.AUTHENTICATION, "unrecognizedclientexception", "expiredtokenexception");
        are(ErrorKind.NOT_FOUND, "resourcenotfoundexception");
        are(ErrorKind.PROVIDER_UNAVAILABLE, "modelerrorexception", "modelstreamerrorexception");
        are(ErrorKind.PROVIDER_UNAVAILABLE, "serviceunavailableexception");
        // vLLM, SGLang, TGI and llama.cpp
        are(ErrorKind.INVALID_REQUEST, "badrequesterror");
        are(ErrorKind.NOT_FOUND, "notfounderror");
        are(ErrorKind.PROVIDER_UNAVAILABLE, "internalservererror", "enginedeaderror", "serviceunavailableerror");
        are(ErrorKind.INVALID_REQUEST, "validation");
        are(ErrorKind.PROVIDER_UNAVAILABLE, "unavailable_error");
        are(ErrorKind.CONTEXT_LENGTH, "exceed_context_size_error");
        // exceptions of the common Java clients
        are(ErrorKind.RATE_LIMITED, "ratelimitexception");
        are(ErrorKind.AUTHENTICATION, "unauthorizedexception", "authenticationexception");
        are(ErrorKind.PERMISSION, "permissiondeniedexception");
        are(ErrorKind.NOT_FOUND, "notfoundexception", "modelnotfoundexception");
        are(ErrorKind.INVALID_REQUEST, "badrequestexception", "unprocessableentityexception");
        are(ErrorKind.INVALID_REQUEST, "invalidrequestexception");
        are(ErrorKind.CONTENT_FILTER, "contentfilteredexception");
        are(ErrorKind.OVERLOADED, "overloadedexception");
        are(ErrorKind.PROVIDER_UNAVAILABLE, "internalserverexception", "sseexception");
        are(ErrorKind.PROTOCOL_ERROR, "jacksonexception", "jsonprocessingexception", "jsonparseexception");
        are(ErrorKind.PROTOCOL_ERROR, "malformedjsonexception", "protocolexception");
    }

    private ErrorCodes() {}

    private static void are(ErrorKind kind, String... codes) {
        for (String code : codes) {
            KINDS.put(code, kind);
        }
    }

    static @Nullable ErrorKind kindOf(String code) {
        return KINDS.get(code.toLowerCase(Locale.ROOT));
    }

    static ErrorKind kindOf(int httpStatus) {
        return switch (httpStatus) {
            case 401 -> ErrorKind.AUTHENTICATION;
            case 402 -> ErrorKind.BUDGET_EXCEEDED;
            case 403 -> ErrorKind.PERMISSION;
            case 404 -> ErrorKind.NOT_FOUND;
            case 408, 504 -> ErrorKind.TIMEOUT;
            case 429 -> ErrorKind.RATE_LIMITED;
            case 499 -> ErrorKind.CANCELLED;
            case 529 -> ErrorKind.OVERLOADED;
            default -> httpStatus >= 500 ? ErrorKind.PROVIDER_UNAVAILABLE : ErrorKind.INVALID_REQUEST;
        };
    }
}
