package dev.llmops.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.privacy.SafeText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;

class JsonTextTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonMap map(String key, Object value) {
        return JsonMap.builder(1).put(key, value).build();
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<Character> tricky = Arbitraries.of(
                '"', '\\', '/', '\n', '\r', '\t', '\b', '\f', '\0', '\u001b', '\u007f', '\u0080', '\u0085', '\u009b',
                '\u00a0', '\u061c', '\u200e', '\u2028', '\u2029', '\u202e', '\u2066', '\u2069', '\ufeff', '\ufffd',
                '\ud83d', '\ude00', '测', '{', '}', '%', 'a');
        return Arbitraries.oneOf(
                tricky.list().ofMaxSize(40).map(chars -> {
                    StringBuilder text = new StringBuilder();
                    chars.forEach(text::append);
                    return text.toString();
                }),
                Arbitraries.strings().ofMaxLength(60));
    }

    @Property
    void any_text_is_read_back_as_it_was_but_for_lone_surrogates_and_zeros(@ForAll("hostile") String text) {
        String encodable = SafeText.wellFormed(text).replace('\0', '\ufffd');
        JsonMap map = JsonMap.builder(1).text("a", text).build();
        assertThat(JSON.readValue(map.toString(), Object.class)).isEqualTo(Map.of("a", encodable));
        assertThat(JSON.readValue(JsonText.line(map), Object.class)).isEqualTo(Map.of("a", encodable));
    }

    @Property
    void no_line_holds_a_character_that_could_trick_a_reader(@ForAll("hostile") String text) {
        String json =
                JsonMap.builder(1).text(SafeText.sanitized(text), text).build().toString();
        assertThat(json.chars().noneMatch(c -> c < ' ' || SafeText.isUnsafe((char) c)))
                .isTrue();
        assertThat(new String(json.getBytes(UTF_8), UTF_8)).isEqualTo(json);
    }

    @Property
    void the_size_of_any_text_is_known_without_writing_it(@ForAll("hostile") String text) {
        JsonMap map = JsonMap.builder(3)
                .text("text", text)
                .text("more", text + text)
                .put("list", JsonList.ofTexts(List.of(text, "b")))
                .build();
        assertThat(JsonSize.BYTES.of(map)).isEqualTo(map.toString().getBytes(UTF_8).length);
        assertThat(JsonSize.CHARACTERS.of(map)).isEqualTo(map.toString().length());
        assertThat(JsonSize.BYTES.atMost(map)).isGreaterThanOrEqualTo(JsonSize.BYTES.of(map));
    }

    @Property
    void the_size_of_any_number_is_known_without_writing_it(
            @ForAll long whole, @ForAll double real, @ForAll BigDecimal money, @ForAll boolean flag) {
        JsonMap map = JsonMap.builder(4)
                .put("whole", whole)
                .put("real", real)
                .put("money", money)
                .put("flag", flag)
                .build();
        assertThat(JsonSize.BYTES.of(map)).isEqualTo(map.toString().getBytes(UTF_8).length);
        assertThat(JsonSize.BYTES.atMost(map)).isGreaterThanOrEqualTo(JsonSize.BYTES.of(map));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "x\ud83d", "\ude00x", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void a_lone_surrogate_becomes_the_replacement_character(String text) {
        String json = JsonMap.builder(1).text("a", text).build().toString();
        assertThat(json).contains("\ufffd");
        assertThat(new String(json.getBytes(UTF_8), UTF_8)).isEqualTo(json);
    }

    @Test
    void what_json_writers_pass_on_is_escaped() {
        assertThat(map("a", "\u007f\u0085\u2028\u2029\u202e\u2066\ufeff\u200f"))
                .hasToString("{\"a\":\"\\u007F\\u0085\\u2028\\u2029\\u202E\\u2066\\uFEFF\\u200F\"}");
    }

    @Test
    void chinese_stays_readable_and_emoji_are_escaped() {
        assertThat(map("a", "测试 😀")).hasToString("{\"a\":\"测试 \\uD83D\\uDE00\"}");
    }

    @Test
    void decimals_are_never_in_scientific_form() {
        assertThat(map("a", new BigDecimal("1E-10"))).hasToString("{\"a\":0.0000000001}");
    }

    @Test
    void a_billion_digits_are_not_written_out() {
        assertThat(map("a", new BigDecimal("1e999999999"))).hasToString("{\"a\":1E+999999999}");
    }

    @Test
    void a_value_of_an_unknown_class_fails_before_anything_is_published() {
        assertThatThrownBy(() -> JsonText.of(map("a", new StringBuilder("b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("class java.lang.StringBuilder");
    }

    @Test
    void a_megabyte_of_quotes_is_written_whole() {
        String quotes = "\"".repeat(1 << 20);
        assertThat(JSON.readValue(map("a", quotes).toString(), Object.class)).isEqualTo(Map.of("a", quotes));
    }
}
