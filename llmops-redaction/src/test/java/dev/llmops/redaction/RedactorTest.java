package dev.llmops.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmops.core.record.Redaction;
import dev.llmops.redaction.detect.Finding;
import dev.llmops.redaction.detect.PiiDetector;
import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.scan.Detection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class RedactorTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    @Test
    void clean_text_is_returned_as_it_is() {
        String text = "nothing to hide";
        RedactedText redacted = Redactor.ofDefaults().redact(text);
        assertThat(redacted.text()).isSameAs(text);
        assertThat(redacted.findings()).isEmpty();
        assertThat(redacted.status()).isEqualTo(Redaction.Status.CLEAN);
    }

    @Test
    void findings_are_replaced_by_their_labels_and_counted() {
        RedactedText redacted = Redactor.ofDefaults().redact("a@b.example, c@d.example and 4111111111111111");
        assertThat(redacted.text()).isEqualTo("[EMAIL], [EMAIL] and [CREDIT_CARD]");
        assertThat(redacted.counts()).containsExactly(Map.entry("CREDIT_CARD", 1), Map.entry("EMAIL", 2));
        assertThat(redacted.status()).isEqualTo(Redaction.Status.REDACTED);
    }

    @Test
    void offsets_are_utf16_units_of_the_original() {
        assertThat(Redactor.ofDefaults().redact("😀 a@b.example").findings())
                .containsExactly(new Finding("EMAIL", 3, 14));
    }

    @Test
    void value_at_either_end_is_found() {
        assertThat(Redactor.ofDefaults().redact("a@b.example").text()).isEqualTo("[EMAIL]");
        assertThat(Redactor.ofDefaults().redact("").text()).isEmpty();
    }

    @Test
    void mask_keeps_the_end_but_never_more_than_half() {
        Redactor redactor = Redactor.builder()
                .replacement(PiiTypes.CREDIT_CARD, Replacement.mask(4))
                .replacement(PiiTypes.EMAIL, Replacement.mask(8))
                .build();
        assertThat(redactor.redact("4111111111111111").text()).isEqualTo("****1111");
        assertThat(redactor.redact("a@b.co").text()).isEqualTo("****.co");
    }

    @Test
    void keyed_hash_is_equal_for_equal_values_under_one_key_only() {
        Redactor first = Redactor.builder()
                .defaultReplacement(Replacement.keyedHash("k1", KEY))
                .build();
        byte[] other = Arrays.copyOf(KEY, KEY.length - 1);
        Redactor second = Redactor.builder()
                .defaultReplacement(Replacement.keyedHash("k2", other))
                .build();

        String once = first.redact("a@b.example").text();

        assertThat(once)
                .matches("\\[EMAIL#k1\\.[0-9a-f]{32}]")
                .isEqualTo(first.redact("a@b.example").text());
        assertThat(second.redact("a@b.example").text()).startsWith("[EMAIL#k2.").doesNotContain(once.substring(10));
    }

    @Test
    void keyed_hash_is_hmac_sha_256() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        String expected = HexFormat.of()
                .formatHex(mac.doFinal("a@b.example".getBytes(StandardCharsets.UTF_8)))
                .substring(0, 32);

        Redactor redactor = Redactor.builder()
                .defaultReplacement(Replacement.keyedHash("k1", KEY))
                .build();

        assertThat(redactor.redact("a@b.example").text()).isEqualTo("[EMAIL#k1." + expected + "]");
    }

    @Test
    void dropped_values_leave_nothing() {
        Redactor redactor = Redactor.builder()
                .replacement(PiiTypes.EMAIL, Replacement.drop())
                .build();
        assertThat(redactor.redact("to a@b.example now").text()).isEqualTo("to  now");
    }

    @Test
    void ignored_types_stay() {
        Redactor redactor = Redactor.builder().ignore(PiiTypes.IP_ADDRESS).build();
        assertThat(redactor.redact("192.0.2.1 a@b.example").text()).isEqualTo("192.0.2.1 [EMAIL]");
    }

    @Test
    void detectors_of_the_user_join_in() {
        PiiDetector names = text -> List.of(new Finding("PERSON", text.indexOf("Li Na"), text.indexOf("Li Na") + 5));
        Redactor redactor = Redactor.builder().detector(names).build();
        assertThat(redactor.redact("ask Li Na at li@b.example").text()).isEqualTo("ask [PERSON] at [EMAIL]");
    }

    @Test
    void overlapping_findings_become_one_of_the_longest_type() {
        assertThat(Detection.merged(List.of(
                        new Finding("B", 5, 20),
                        new Finding("A", 0, 8),
                        new Finding("C", 19, 21),
                        new Finding("D", 30, 31))))
                .containsExactly(new Finding("B", 0, 21), new Finding("D", 30, 31));
    }

    @Test
    void nothing_that_is_printed_holds_a_value() {
        RedactedText redacted = Redactor.ofDefaults().redact("a@b.example");
        assertThat(redacted.toString()).isEqualTo("RedactedText[status=REDACTED, counts={EMAIL=1}]");
        assertThat(redacted.findings().toString()).doesNotContain("a@b");
    }

    @Test
    void all_problems_are_told_at_once() {
        RedactorBuilder builder = Redactor.builder()
                .maxLength(0)
                .ignore("e-mail")
                .rule("CODE", "(")
                .rule("EMPTY", "a*")
                .phoneRegions("Germany")
                .countries("XX");
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("country has no identifiers here (XX)")
                .withMessageContaining("maxLength is out of range (0) — greater than 0")
                .withMessageContaining("type has the wrong form (e-mail)")
                .withMessageContaining(
                        "rule CODE is no expression ((: missing closing )) — the syntax of RE2 — correct it")
                .withMessageContaining("rule EMPTY matches the empty text")
                .withMessageContaining("phoneRegions has an unknown region (Germany)");
    }

    @Test
    void replacements_check_their_arguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Replacement.mask(9))
                .withMessage("keepLast is out of range (9) — 0 to 8 — keep fewer characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Replacement.keyedHash("k-1", KEY))
                .withMessage("keyId has another form (k-1) — 1 to 16 letters and digits — choose a short name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Replacement.keyedHash("k1", new byte[3]))
                .withMessage("key is too short (3 bytes) — at least 16 bytes — use 32 random bytes");
    }

    @Test
    void rule_reports_its_match_or_its_first_group() {
        Redactor redactor = Redactor.builder()
                .rule("EMPLOYEE_ID", "E[0-9]{6}")
                .rule("BADGE", "badge ([0-9]+)")
                .build();
        assertThat(redactor.redact("E123456 with badge 77").text()).isEqualTo("[EMPLOYEE_ID] with badge [BADGE]");
    }

    @Test
    void numbering_plans_find_national_numbers() {
        Redactor redactor = Redactor.builder().phoneRegions("US", "DE").build();
        assertThat(redactor.redact("Erreichbar unter 030 901820, Auftrag 99999999.")
                        .text())
                .isEqualTo("Erreichbar unter [PHONE], Auftrag 99999999.");
    }
}
