package dev.llmops.core.error;

import static dev.llmops.core.error.ErrorRule.rule;

import dev.llmops.core.record.ErrorKind;
import java.util.List;

/**
 * The meaning of errors of providers, their clients and inference servers: one table, one row per kind. Sources are the error pages of the providers, and observed answers of servers and clients. See docs/decisions/core.md#errors-are-classified-by-one-table-of-names-not-by-types.
 */
final class ErrorTable {

    /** Rows are in order of precedence for texts: a device that ran out of memory also reports an error of CUDA. */
    static final List<ErrorRule> ROWS = List.of(
            rule(ErrorKind.OUT_OF_MEMORY)
                    .codes("out_of_memory", "cuda_out_of_memory", "java.lang.OutOfMemoryError")
                    .texts(
                            "out of memory",
                            "outofmemory",
                            "out_of_memory",
                            "cudaerrormemoryallocation",
                            "cublas_status_alloc_failed",
                            "oom when allocating",
                            "can't allocate memory",
                            "requires more system memory",
                            "no available memory for the cache blocks"),
            rule(ErrorKind.CUDA_ERROR)
                    .codes("cuda_error", "accelerator_error")
                    .texts(
                            "cuda error",
                            "cuda_error_",
                            "cudaerror",
                            "cuda runtime error",
                            "cuda kernel",
                            "cublas_status_",
                            "cudnn_status_",
                            "nccl error",
                            "ncclunhandledcudaerror",
                            "hip error",
                            "device-side assert",
                            "illegal memory access",
                            "unspecified launch failure",
                            "uncorrectable ecc error",
                            "no cuda-capable device",
                            "no cuda gpus are available"),
            rule(ErrorKind.MODEL_LOAD_FAILED)
                    .codes("model_load_failed", "model_load")
                    .texts(
                            "failed to load model",
                            "failed to load the model",
                            "failed to load weights",
                            "unable to load model",
                            "could not load model",
                            "error loading model",
                            "model failed to load"),
            rule(ErrorKind.CONTEXT_LENGTH)
                    .codes(
                            "context_length_exceeded",
                            "context_window_exceeded",
                            "exceed_context_size",
                            "model_context_window_exceeded",
                            "string_above_max_length",
                            "max_tokens_exceeded")
                    .texts(
                            "context length",
                            "context window",
                            "context size",
                            "exceed context limit",
                            "prompt is too long",
                            "input is too long",
                            "too many input tokens",
                            "exceeds the maximum number of tokens",
                            "longer than the maximum model length",
                            "reduce the length of the",
                            "`inputs` must have less than",
                            "`inputs` tokens + `max_new_tokens`"),
            rule(ErrorKind.CONTENT_FILTER)
                    .codes(
                            "content_filter",
                            "content_filtered",
                            "content_policy_violation",
                            "image_content_policy_violation",
                            "responsible_ai_policy_violation",
                            "moderation_blocked",
                            "invalid_prompt",
                            "data_inspection_failed",
                            "prohibited_content")
                    .texts(
                            "content filtering policy",
                            "content management policy",
                            "content policy",
                            "content filter",
                            "our usage policy",
                            "our safety system",
                            "blocked due to safety"),
            rule(ErrorKind.GUARDRAIL).codes("guardrail", "input_guardrail", "output_guardrail", "guardrail_intervened"),
            rule(ErrorKind.OVERLOADED)
                    .codes("engine_overloaded", "slow_down", "capacity_exceeded", "no_capacity", "bulkhead_full")
                    .endings("overloaded")
                    .texts(
                            "overloaded",
                            "over capacity",
                            "is at capacity",
                            "currently at capacity",
                            "no capacity",
                            "high demand",
                            "queue is full",
                            "server is busy")
                    .statuses(498, 529),
            rule(ErrorKind.AUTHENTICATION)
                    .codes(
                            "authentication",
                            "unauthenticated",
                            "unauthorized",
                            "invalid_authentication",
                            "invalid_api_key",
                            "incorrect_api_key",
                            "api_key_invalid",
                            "missing_api_key",
                            "expired_token",
                            "invalid_token",
                            "invalid_signature",
                            "incomplete_signature",
                            "unrecognized_client",
                            "missing_authentication_token")
                    .texts("incorrect api key", "invalid api key", "invalid x-api-key", "api key not valid")
                    .statuses(401, 407, 511),
            rule(ErrorKind.PERMISSION)
                    .codes(
                            "permission",
                            "permission_denied",
                            "access_denied",
                            "forbidden",
                            "billing",
                            "billing_not_active",
                            "billing_hard_limit_reached",
                            "payment_required",
                            "insufficient_balance",
                            "account_deactivated",
                            "model_disabled",
                            "unsupported_country_region_territory",
                            "failed_precondition")
                    .openings("your credit balance is too low")
                    .texts("credit balance is too low", "insufficient balance", "insufficient credits")
                    .statuses(402, 403, 451),
            rule(ErrorKind.QUOTA_EXCEEDED)
                    .codes("insufficient_quota", "quota_exceeded", "exceeded_current_quota")
                    .texts("exceeded your current quota"),
            rule(ErrorKind.RATE_LIMITED)
                    .codes(
                            "rate_limit",
                            "rate_limited",
                            "rate_limit_exceeded",
                            "rate_limit_reached",
                            "too_many_requests",
                            "throttling",
                            "throttled",
                            "request_limit_exceeded",
                            "service_quota_exceeded",
                            "request_not_permitted")
                    .texts("rate limit", "too many requests")
                    .statuses(429)
                    .broadCodes("resource_exhausted"),
            rule(ErrorKind.TIMEOUT)
                    .codes(
                            "deadline_exceeded",
                            "java.util.concurrent.TimeoutException",
                            "java.net.SocketTimeoutException",
                            "java.net.http.HttpTimeoutException",
                            "java.nio.channels.InterruptedByTimeoutException")
                    .endings("timeout", "timed_out")
                    .statuses(408, 504, 522, 524)
                    .broadCodes("java.io.InterruptedIOException"),
            rule(ErrorKind.CANCELLED)
                    .codes(
                            "cancelled",
                            "canceled",
                            "request_cancelled",
                            "response_cancelled",
                            "aborted_by_client",
                            "job_cancellation",
                            "java.util.concurrent.CancellationException",
                            "java.lang.InterruptedException",
                            "java.nio.channels.ClosedByInterruptException")
                    .statuses(499),
            rule(ErrorKind.NOT_FOUND)
                    .codes(
                            "not_found",
                            "model_not_found",
                            "deployment_not_found",
                            "resource_not_found",
                            "previous_response_not_found",
                            "unresolved_model_server")
                    .statuses(404, 410),
            rule(ErrorKind.DEPENDENCY_FAILED).codes("vector_store_timeout", "java.sql.SQLException", "tool_execution"),
            rule(ErrorKind.PROTOCOL_ERROR)
                    .codes(
                            "incomplete_generation",
                            "stream_unfinished",
                            "java.net.ProtocolException",
                            "java.nio.charset.CharacterCodingException",
                            "java.util.zip.ZipException")
                    .readerCodes(
                            "json_parse",
                            "json_processing",
                            "json_syntax",
                            "json_mapping",
                            "stream_read",
                            "mismatched_input",
                            "openai_invalid_data",
                            "anthropic_invalid_data",
                            "decoding"),
            rule(ErrorKind.INVALID_REQUEST)
                    .codes("request_too_large", "unsupported_feature")
                    .statuses(400, 405, 406, 409, 411, 412, 413, 414, 415, 416, 417, 422, 431)
                    .broadCodes(
                            "invalid_request",
                            "bad_request",
                            "unprocessable_entity",
                            "invalid_argument",
                            "out_of_range",
                            "unimplemented",
                            "not_supported",
                            "unsupported_value",
                            "unsupported_parameter",
                            "validation",
                            "template",
                            "tokenizer",
                            "tool"),
            rule(ErrorKind.PROVIDER_UNAVAILABLE)
                    .codes(
                            "model_not_ready",
                            "call_not_permitted",
                            "circuit_breaker_open",
                            "java.nio.channels.UnresolvedAddressException")
                    .statuses(424, 425)
                    .broadCodes(
                            "server",
                            "api",
                            "internal",
                            "internal_server",
                            "unavailable",
                            "service_unavailable",
                            "aborted",
                            "unknown",
                            "data_loss",
                            "generation",
                            "unhealthy",
                            "model",
                            "model_stream",
                            "engine_dead",
                            "sse",
                            "openai_io",
                            "openai_retryable",
                            "anthropic_io",
                            "anthropic_retryable",
                            "genai_io",
                            "sdk_client",
                            "resource_access",
                            "web_client_request",
                            "transient_ai",
                            "java.io.IOException"),
            // Files are IOExceptions too, but no provider's.
            rule(ErrorKind.INTERNAL).codes("java.nio.file.FileSystemException", "java.io.FileNotFoundException"));

    private ErrorTable() {}
}
