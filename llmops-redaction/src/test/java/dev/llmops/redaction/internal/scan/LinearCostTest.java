package dev.llmops.redaction.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.redaction.Found;
import dev.llmops.redaction.LabelledCases;
import dev.llmops.redaction.testing.HostileText;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The cost of a scan, counted in reads of a character, grows with the length of the text and never faster. */
class LinearCostTest {

    private static final int LENGTH = 1 << 16;
    private static final int MOST_READS = 64;
    private static final String CARD = " 4111111111111111 ";

    /** What the detectors look out for; hostile text is made of it. */
    private static final List<String> TRIGGERS = List.of(
            "1",
            "11",
            "123",
            "4111",
            "1234567",
            "138",
            "86",
            "0086",
            "110101",
            "a",
            "ab",
            "AB",
            "GB11",
            "deadbeef",
            "sk-",
            "ghp_",
            "xoxb-",
            "eyJ",
            "eyJhbGciOiJIUzI1NiJ9",
            "AKIA",
            "SG.",
            "hvs.",
            "T3BlbkFJ",
            "token",
            "password",
            "key",
            "secret",
            "bearer",
            "Basic",
            "curl",
            " -u ",
            "\\n",
            "phone",
            "card",
            "ssn",
            "ip",
            "身份证",
            "密码",
            "pass ",
            "passphrase ",
            "username ",
            "snmp-server ",
            " community ",
            "WIFI:",
            ";P:",
            "pragma ",
            "<tr>",
            "<th>secret</th>",
            "git config ",
            " /p:",
            "u:",
            "?",
            " 7 ",
            "是",
            "电话",
            "BEGIN",
            "PRIVATE KEY",
            "PuTTY-User-Key-File-",
            "END",
            "https",
            "hooks.slack.com/services/",
            " ",
            "  ",
            "\n",
            ".",
            ",",
            ":",
            "::",
            ";",
            "=",
            "==",
            "=>",
            "@",
            "-",
            "--",
            "-----",
            "_",
            "/",
            "//",
            "://",
            "+",
            "(",
            ")",
            "[",
            "]",
            "{",
            "<",
            "\"",
            "'",
            "\\",
            "\\u0040",
            "%40",
            "%",
            "~",
            "8Q~",
            "$",
            "*",
            "#",
            "x",
            "X",
            "é",
            "１",
            "＠",
            "😀");

    @ParameterizedTest
    @EnumSource
    void hostile_text_costs_a_bounded_number_of_reads(HostileText text) {
        assertLinear(text::text);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void recipe_of_others_costs_a_bounded_number_of_reads(String prefix, String unit, String suffix) {
        assertLinear(length -> HostileText.repeat(prefix + unit + suffix, length));
        assertLinear(length -> prefix + HostileText.repeat(unit, length) + suffix);
    }

    static Stream<Object[]> recipes() {
        return LabelledCases.lines("hostile-recipes.jsonl").stream().map(LinearCostTest::recipe);
    }

    private static Object[] recipe(JsonNode row) {
        return new Object[] {
            row.get("prefix").asString(),
            row.get("unit").asString(),
            row.get("suffix").asString()
        };
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
    void any_mixture_of_triggers_costs_a_bounded_number_of_reads(@ForAll("units") String unit) {
        assertLinear(length -> HostileText.repeat(unit, length));
    }

    @Property(tries = 5_000)
    void any_text_of_triggers_costs_a_bounded_number_of_reads(@ForAll("texts") String text) {
        assertThat(Reads.of(text)).isLessThanOrEqualTo((long) MOST_READS * (text.length() + 16));
    }

    @Provide
    Arbitrary<String> units() {
        return Arbitraries.of(TRIGGERS).list().ofMinSize(1).ofMaxSize(5).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(TRIGGERS).list().ofMinSize(1).ofMaxSize(400).map(parts -> String.join("", parts));
    }

    @Test
    void value_behind_hostile_text_is_still_found() {
        for (String unit : List.of("b_", "a@", "1 ", "eyJ-", "token:", "=", "::", "sk-", "区县", "\t")) {
            String text = HostileText.repeat(unit, LENGTH) + CARD;
            assertThat(Found.in(text)).as(unit).endsWith("CREDIT_CARD" + CARD.stripTrailing());
        }
    }

    private static void assertLinear(IntFunction<String> text) {
        String longText = text.apply(LENGTH);
        long whole = Reads.of(longText);
        long half = Reads.of(text.apply(LENGTH / 2));
        String start = longText.substring(0, 64);
        assertThat(whole).as("reads of %s", start).isLessThanOrEqualTo((long) MOST_READS * LENGTH);
        assertThat(whole).as("reads of %s at twice the length", start).isLessThanOrEqualTo(half * 21 / 10 + 1000);
    }
}
