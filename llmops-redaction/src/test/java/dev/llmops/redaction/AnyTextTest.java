package dev.llmops.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.redaction.detect.Finding;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Properties of any text. */
class AnyTextTest {

    private static final List<String> VALUES = List.of(
            "li.test97@example.com",
            "4111111111111111",
            "4111 1111 1111 1111",
            "GB29NWBK60161331926819",
            "192.0.2.19",
            "2001:db8::1",
            "11010119250224642X",
            "13812345678",
            "+1-305-120-6207",
            "078-05-1123",
            "00:1A:2B:3C:4D:5E",
            "91520103G92F822A0B",
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln");

    private final Redactor redactor = Redactor.ofDefaults();

    @Property(tries = 10_000)
    void redacting_twice_changes_nothing(@ForAll("sentences") String text) {
        String once = redactor.redact(text).text();
        assertThat(redactor.redact(once).text()).isEqualTo(once);
    }

    @Property(tries = 10_000)
    void findings_are_ordered_spans_of_the_text_and_account_for_every_change(@ForAll("texts") String text) {
        RedactedText redacted = redactor.redact(text);
        StringBuilder rebuilt = new StringBuilder();
        int copied = 0;
        for (Finding finding : redacted.findings()) {
            assertThat(finding.start()).isGreaterThanOrEqualTo(copied);
            rebuilt.append(text, copied, finding.start())
                    .append('[')
                    .append(finding.type())
                    .append(']');
            copied = finding.end();
        }
        assertThat(redacted.text())
                .isEqualTo(rebuilt.append(text.substring(copied)).toString());
    }

    @Property(tries = 10_000)
    void no_planted_value_remains(@ForAll("planted") List<String> parts, @ForAll("gaps") String gap) {
        String redacted = redactor.redact(String.join(gap, parts)).text();
        parts.stream()
                .filter(VALUES::contains)
                .forEach(value -> assertThat(redacted).doesNotContain(value));
    }

    @Property(tries = 10_000)
    void restoring_a_concealed_text_gives_it_back(@ForAll("texts") String text) {
        RedactionSession session = redactor.openSession();
        assertThat(session.restore(session.redact(text).text())).isEqualTo(text);
    }

    @Property(tries = 10_000)
    void restoring_pieces_equals_restoring_the_whole(@ForAll("texts") String text, @ForAll List<Integer> cuts) {
        RedactionSession session = redactor.openSession();
        String concealed = session.redact(text).text();
        StreamRestorer restorer = session.restorer();
        StringBuilder restored = new StringBuilder();
        for (String piece : pieces(concealed, cuts)) {
            restored.append(restorer.accept(piece));
        }
        assertThat(restored.append(restorer.finish()).toString()).isEqualTo(text);
    }

    @Property(tries = 10_000)
    void restoring_single_characters_equals_restoring_the_whole(@ForAll("texts") String text) {
        RedactionSession session = redactor.openSession();
        StreamRestorer restorer = session.restorer();
        StringBuilder restored = new StringBuilder();
        session.redact(text).text().chars().forEach(c -> restored.append(restorer.accept(String.valueOf((char) c))));
        assertThat(restored.append(restorer.finish()).toString()).isEqualTo(text);
    }

    private static List<String> pieces(String text, List<Integer> cuts) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int cut : cuts) {
            int end = Math.min(text.length(), start + Math.floorMod(cut, 20));
            pieces.add(text.substring(start, end));
            start = end;
        }
        pieces.add(text.substring(start));
        return pieces;
    }

    /** Parts that touch each other: values glued to letters, cut in half by escapes, nested in each other. */
    @Provide
    Arbitrary<String> texts() {
        return parts().list().ofMaxSize(12).map(parts -> String.join("", parts));
    }

    /** Parts with something between them: what touches a value may hide it until the value is gone. */
    @Provide
    Arbitrary<String> sentences() {
        return Combinators.combine(parts(), gaps())
                .as(String::concat)
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static Arbitrary<String> parts() {
        Arbitrary<String> noise = Arbitraries.strings()
                .withChars("aZ019 .,:;=@-_/[]{}()\"'<>+~%\\\n是密码：，😀é１")
                .ofMaxLength(12);
        Arbitrary<String> words = Arbitraries.of(
                "[EMAIL_1]",
                "[EMAIL]",
                "token=",
                "password: ",
                "Bearer ",
                "card ",
                "phone ",
                "https://u:",
                "@host",
                "sk-",
                "eyJ",
                "-----BEGIN PRIVATE KEY-----",
                "\\u0040",
                "%40",
                "curl -u ",
                " --token ",
                "“",
                "身份证");
        return Arbitraries.frequencyOf(Tuple.of(3, noise), Tuple.of(2, words), Tuple.of(2, Arbitraries.of(VALUES)));
    }

    @Provide
    Arbitrary<List<String>> planted() {
        Arbitrary<String> words =
                Arbitraries.of("hello", "phone", "42", "(x)", "密码", "3.14", "ok:", "=", "the card", "2024-01-15");
        return Arbitraries.oneOf(Arbitraries.of(VALUES), words).list().ofMaxSize(10);
    }

    @Provide
    Arbitrary<String> gaps() {
        return Arbitraries.of(" ", "，", "\n", ", ", "; ", " / ");
    }
}
