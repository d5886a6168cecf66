package dev.llmops.conformance;

import static dev.llmops.core.record.ErrorKind.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.anthropic.errors.AnthropicIoException;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIIoException;
import com.openai.models.ErrorObject;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.guardrail.InputGuardrailException;
import dev.llmops.core.error.ErrorClassifier;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** The exceptions that the clients of providers really throw, as the standard classifier sees them. */
class ClientExceptionsTest {

    private static final String OWN_CLASS = "";

    static Stream<Arguments> openAi() {
        var headers = com.openai.core.http.Headers.builder().build();
        ErrorObject tooLong = ErrorObject.builder()
                .code("context_length_exceeded")
                .message("This model's maximum context length is 8192 tokens.")
                .param(Optional.empty())
                .type("invalid_request_error")
                .build();
        ErrorObject overloaded = ErrorObject.builder()
                .code("server_is_overloaded")
                .message("Our servers are currently overloaded.")
                .param(Optional.empty())
                .type("service_unavailable_error")
                .build();
        return Stream.of(
                arguments(
                        com.openai.errors.BadRequestException.builder()
                                .headers(headers)
                                .error(tooLong)
                                .build(),
                        CONTEXT_LENGTH,
                        400,
                        OWN_CLASS),
                arguments(
                        com.openai.errors.SseException.builder()
                                .statusCode(200)
                                .headers(headers)
                                .error(overloaded)
                                .build(),
                        OVERLOADED,
                        0,
                        OWN_CLASS),
                arguments(
                        com.openai.errors.RateLimitException.builder()
                                .headers(headers)
                                .error(Optional.empty())
                                .build(),
                        RATE_LIMITED,
                        429,
                        OWN_CLASS),
                arguments(
                        com.openai.errors.UnauthorizedException.builder()
                                .headers(headers)
                                .error(Optional.empty())
                                .build(),
                        AUTHENTICATION,
                        401,
                        OWN_CLASS),
                arguments(
                        com.openai.errors.InternalServerException.builder()
                                .statusCode(503)
                                .headers(headers)
                                .error(overloaded)
                                .build(),
                        OVERLOADED,
                        503,
                        OWN_CLASS),
                arguments(
                        new OpenAIIoException("Request failed", new EOFException()),
                        PROVIDER_UNAVAILABLE,
                        0,
                        OWN_CLASS),
                arguments(
                        new OpenAIIoException("Request failed", new SocketTimeoutException("timeout")),
                        TIMEOUT,
                        0,
                        "java.net.SocketTimeoutException"),
                arguments(new OpenAIInvalidDataException("`choices` is not set"), PROTOCOL_ERROR, 0, OWN_CLASS));
    }

    static Stream<Arguments> anthropic() {
        var headers = com.anthropic.core.http.Headers.builder().build();
        return Stream.of(
                arguments(
                        com.anthropic.errors.InternalServerException.builder()
                                .statusCode(529)
                                .headers(headers)
                                .body(anthropic("overloaded_error", "Overloaded"))
                                .build(),
                        OVERLOADED,
                        529,
                        "overloaded_error"),
                arguments(
                        com.anthropic.errors.SseException.builder()
                                .statusCode(200)
                                .headers(headers)
                                .body(anthropic("api_error", "Internal server error"))
                                .build(),
                        PROVIDER_UNAVAILABLE,
                        0,
                        "api_error"),
                arguments(
                        com.anthropic.errors.BadRequestException.builder()
                                .headers(headers)
                                .body(anthropic("invalid_request_error", "prompt is too long: 210000 tokens > 200000"))
                                .build(),
                        CONTEXT_LENGTH,
                        400,
                        "invalid_request_error"),
                arguments(
                        com.anthropic.errors.PermissionDeniedException.builder()
                                .headers(headers)
                                .body(anthropic("permission_error", "no"))
                                .build(),
                        PERMISSION,
                        403,
                        "permission_error"),
                arguments(
                        new AnthropicIoException("Request failed", new ConnectException("refused")),
                        PROVIDER_UNAVAILABLE,
                        0,
                        OWN_CLASS));
    }

    private static com.anthropic.core.JsonValue anthropic(String type, String message) {
        return com.anthropic.core.JsonValue.from(
                Map.of("type", "error", "error", Map.of("type", type, "message", message)));
    }

    static Stream<Arguments> langChain4j() {
        return Stream.of(
                arguments(
                        new HttpException(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}"),
                        RATE_LIMITED,
                        0,
                        "rate_limit_exceeded"),
                arguments(
                        new dev.langchain4j.exception.RateLimitException(new HttpException(429, "slow")),
                        RATE_LIMITED,
                        0,
                        OWN_CLASS),
                arguments(
                        new dev.langchain4j.exception.TimeoutException(new HttpTimeoutException("request timed out")),
                        TIMEOUT,
                        0,
                        OWN_CLASS),
                arguments(new dev.langchain4j.exception.AuthenticationException("no"), AUTHENTICATION, 0, OWN_CLASS),
                arguments(new dev.langchain4j.exception.InvalidRequestException("no"), INVALID_REQUEST, 0, OWN_CLASS),
                arguments(
                        new dev.langchain4j.exception.InternalServerException("no"),
                        PROVIDER_UNAVAILABLE,
                        0,
                        OWN_CLASS),
                arguments(new ContentFilteredException("no"), CONTENT_FILTER, 0, OWN_CLASS),
                arguments(new ModelNotFoundException("no"), NOT_FOUND, 0, OWN_CLASS),
                arguments(new UnresolvedModelServerException("no"), NOT_FOUND, 0, OWN_CLASS),
                arguments(new InputGuardrailException("no"), GUARDRAIL, 0, OWN_CLASS));
    }

    static Stream<Arguments> aws() {
        return Stream.of(
                arguments(bedrock(ThrottlingException.builder(), 429, "Too many tokens"), RATE_LIMITED, 429, OWN_CLASS),
                arguments(bedrock(ModelTimeoutException.builder(), 408, "Too slow"), TIMEOUT, 408, OWN_CLASS),
                arguments(bedrock(ModelErrorException.builder(), 424, "Broken"), PROVIDER_UNAVAILABLE, 424, OWN_CLASS),
                arguments(
                        bedrock(ValidationException.builder(), 400, "Input is too long for requested model."),
                        CONTEXT_LENGTH,
                        400,
                        OWN_CLASS),
                arguments(ApiCallTimeoutException.create(100), TIMEOUT, 0, OWN_CLASS),
                arguments(
                        SdkClientException.create("Unable to execute HTTP request", new ConnectException()),
                        PROVIDER_UNAVAILABLE,
                        0,
                        OWN_CLASS));
    }

    private static Throwable bedrock(BedrockRuntimeException.Builder builder, int status, String message) {
        return builder.message(message)
                .statusCode(status)
                .requestId("r-1")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("BedrockRuntime")
                        .errorMessage(message)
                        .build())
                .build();
    }

    static Stream<Arguments> google() {
        return Stream.of(
                arguments(
                        new ServerException(503, "UNAVAILABLE", "The model is overloaded."),
                        OVERLOADED,
                        503,
                        OWN_CLASS),
                arguments(
                        new ServerException(500, "INTERNAL", "An internal error has occurred."),
                        PROVIDER_UNAVAILABLE,
                        500,
                        OWN_CLASS),
                arguments(new ClientException(429, "RESOURCE_EXHAUSTED", "Quota."), RATE_LIMITED, 429, OWN_CLASS),
                arguments(new ClientException(400, "INVALID_ARGUMENT", "No."), INVALID_REQUEST, 400, OWN_CLASS),
                arguments(new ClientException(403, "PERMISSION_DENIED", "No."), PERMISSION, 403, "PERMISSION_DENIED"));
    }

    static Stream<Arguments> spring() {
        String unauthorized =
                "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"Incorrect API key\",\"type\":\"invalid_request_error\"}}";
        return Stream.of(
                arguments(
                        HttpClientErrorException.create(
                                HttpStatus.TOO_MANY_REQUESTS,
                                "Too Many Requests",
                                new HttpHeaders(),
                                new byte[0],
                                null),
                        RATE_LIMITED,
                        429,
                        OWN_CLASS),
                arguments(
                        HttpServerErrorException.create(
                                HttpStatus.GATEWAY_TIMEOUT, "Gateway Timeout", new HttpHeaders(), new byte[0], null),
                        TIMEOUT,
                        504,
                        OWN_CLASS),
                arguments(
                        WebClientResponseException.create(
                                503, "Service Unavailable", new HttpHeaders(), new byte[0], null),
                        PROVIDER_UNAVAILABLE,
                        503,
                        OWN_CLASS),
                arguments(
                        new ResourceAccessException("I/O error on POST request", new ConnectException("refused")),
                        PROVIDER_UNAVAILABLE,
                        0,
                        OWN_CLASS),
                arguments(
                        new NonTransientAiException("HTTP 401 - " + unauthorized),
                        AUTHENTICATION,
                        401,
                        "invalid_api_key"),
                arguments(new TransientAiException("503 - busy"), PROVIDER_UNAVAILABLE, 503, OWN_CLASS));
    }

    @ParameterizedTest
    @MethodSource({"openAi", "anthropic", "langChain4j", "aws", "google", "spring"})
    void an_exception_is_known_by_kind_status_and_type(Throwable thrown, ErrorKind kind, int status, String type) {
        CallError error = ErrorClassifier.standard().classify(thrown);
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.httpStatus().orElse(0)).isEqualTo(status);
        assertThat(error.type())
                .isEqualTo(type.equals(OWN_CLASS) ? thrown.getClass().getName() : type);
    }
}
