package dev.llmops.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {

    @ParameterizedTest
    @CsvSource({
        "'plain text', 'plain text'",
        "'two\nlines\r\nand\ttab', 'two lines  and tab'",
        "'\u001b[31mred\u001b[0m', red",
        "'\u009b31mred', red",
        "'\u001b[31', '31'",
        "'\u001b', ''",
        "'\u001b]0;title\u0007', ']0;title'",
        "'a\u007fb\u0085c\u2028d\u202ee\ufefff', abcdef",
        "'x\ud83dy', 'x\ufffdy'",
        "'测试 😀', '测试 😀'",
    })
    void a_plain_text_has_no_controls_left(String text, String plain) {
        assertThat(SafeText.plain(text)).isEqualTo(plain);
    }

    @Property
    void any_plain_text_fits_a_line_and_stays_as_it_is(@ForAll String text) {
        String plain = SafeText.plain(text);
        assertThat(plain.chars().noneMatch(c -> Character.isISOControl(c) || SafeText.isUnsafe((char) c)))
                .isTrue();
        assertThat(SafeText.plain(plain)).isEqualTo(plain);
    }

    @Test
    void a_clean_text_is_not_copied() {
        String text = "Größe 测试 😀";
        assertThat(SafeText.plain(text)).isSameAs(text);
        assertThat(SafeText.sanitized(text)).isSameAs(text);
        assertThat(SafeText.wellFormed(text)).isSameAs(text);
    }

    @Test
    void what_no_database_takes_is_replaced_for_foreign_json_writers_alone() {
        assertThat(SafeText.sanitized("a\0b")).isEqualTo("a\uFFFDb");
        assertThat(SafeText.wellFormed("a\0b")).isEqualTo("a\0b");
    }
}
