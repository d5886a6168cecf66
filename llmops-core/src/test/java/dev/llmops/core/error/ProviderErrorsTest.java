package dev.llmops.core.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderErrorsTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/provider-errors.txt", delimiter = '|', quoteCharacter = '\u0001')
    void an_error_is_known_by_its_kind_and_by_the_providers_code(
            String status, String kind, String type, @Nullable String body) {
        CallError error = status.equals("stream")
                ? ProviderErrors.ofStream(body == null ? "" : body)
                : ProviderErrors.ofHttp(Integer.parseInt(status), body);
        assertThat(error.kind().name()).isEqualTo(kind);
        assertThat(error.type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"protocol_error", "provider_unavailable", "dependency_failed", "budget_exceeded", "cuda_error"})
    void our_own_words_keep_their_meaning_when_a_gateway_passes_them_on(String kind) {
        CallError error = ProviderErrors.ofStream("{\"error\":{\"message\":\"m\",\"type\":\"" + kind + "\"}}");
        assertThat(error.kind().name()).isEqualTo(kind);
    }

    @Test
    void the_status_is_that_of_the_answer_and_a_stream_has_none() {
        String body = gemini(503, "UNAVAILABLE", "The model is overloaded.");
        assertThat(ProviderErrors.ofHttp(503, body).httpStatus()).hasValue(503);
        assertThat(ProviderErrors.ofStream(body).httpStatus()).isEqualTo(OptionalInt.empty());
        assertThat(ProviderErrors.ofHttp(0, null).httpStatus()).isEqualTo(OptionalInt.empty());
    }

    @Test
    void the_message_is_what_the_provider_says_cut_after_1024_characters() {
        assertThat(ProviderErrors.ofHttp(400, anthropic("x", "roles \\\"must\\\" alternate\\u0021"))
                        .message())
                .isEqualTo("roles \"must\" alternate!");
        assertThat(ProviderErrors.ofHttp(400, "é".repeat(5000)).message()).isEqualTo("é".repeat(1024));
        assertThat(ProviderErrors.ofHttp(502, " <html>busy</html>").message()).isNull();
    }

    @Test
    void what_is_no_code_does_not_become_the_type() {
        assertThat(ProviderErrors.ofHttp(400, openAi("m", "see a@b.example, please", null))
                        .type())
                .isEqualTo("400");
        assertThat(ProviderErrors.ofHttp(400, openAi("m", "x".repeat(65), null)).type())
                .isEqualTo("400");
        assertThat(ProviderErrors.ofHttp(400, openAi("m", "req_0123456789", null))
                        .type())
                .isEqualTo("400");
        assertThat(ProviderErrors.ofHttp(400, openAi("m", "1301", null)).type()).isEqualTo("1301");
    }

    @Test
    void what_a_prompt_quotes_deep_inside_an_answer_is_no_code() {
        String body =
                "{\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\"},\"input\":[{\"type\":\"overloaded_error\",\"message\":\"CUDA out of memory\"}]}";
        assertThat(ProviderErrors.ofHttp(400, body).kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
    }

    @Property
    void no_text_whatever_makes_it_throw(@ForAll @IntRange(min = -1, max = 700) int status, @ForAll String body) {
        assertThatCode(() -> ProviderErrors.ofHttp(status, body)).doesNotThrowAnyException();
        assertThatCode(() -> ProviderErrors.ofStream(body)).doesNotThrowAnyException();
    }

    @Property
    void no_broken_json_makes_it_throw_or_gives_an_unbounded_type(
            @ForAll
                    @StringLength(max = 60)
                    @CharRange(from = '"', to = '"')
                    @CharRange(from = '{', to = '}')
                    @CharRange(from = '[', to = ']')
                    @CharRange(from = ':', to = ':')
                    @CharRange(from = 'a', to = 'c')
                    String text) {
        String body = text.replace("a", "error").replace("b", "code");
        assertThat(ProviderErrors.ofStream(body).type()).hasSizeLessThanOrEqualTo(64);
    }

    private static String openAi(String message, String type, String code) {
        return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":%s}}"
                .formatted(message, type, code == null ? "null" : "\"" + code + "\"");
    }

    private static String anthropic(String type, String message) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"},\"request_id\":\"req_011CSHoEeqs5C35K2UUqR7Fy\"}"
                .formatted(type, message);
    }

    private static String gemini(int code, String status, String message) {
        return "{\n  \"error\": {\n    \"code\": %d,\n    \"message\": \"%s\",\n    \"status\": \"%s\"\n  }\n}\n"
                .formatted(code, message, status);
    }
}
