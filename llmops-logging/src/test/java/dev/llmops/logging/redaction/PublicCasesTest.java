package dev.llmops.logging.redaction;

import static dev.llmops.logging.redaction.LabelledCases.family;
import static dev.llmops.logging.redaction.LabelledCases.labels;
import static dev.llmops.logging.redaction.LabelledCases.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.logging.redaction.LabelledCases.Label;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Precision and recall over the labelled cases of several projects, each family of data by itself. */
class PublicCasesTest {

    private static final Set<String> KINDS = Set.of(
            "EMAIL", "CARD", "IBAN", "US_SSN", "IP_ADDRESS", "MAC_ADDRESS", "CN_ID_CARD", "PHONE", "CN_USCC", "SECRET");
    private static final List<String> FILES = List.of(
            "formats.jsonl",
            "recognizers.jsonl",
            "sentences.jsonl",
            "secrets.jsonl",
            "secrets-in-prose.jsonl",
            "chinese-and-secrets.jsonl");
    private static final double ENOUGH = 0.99;

    private final Redactor redactor = Redactor.ofDefaults();
    private final Score score = new Score();

    @Test
    void every_family_is_right_over_all_cases() {
        LabelledCases.core("formats.jsonl").forEach(this::judgeWhole);
        LabelledCases.core("recognizers.jsonl")
                .forEach(row -> judgeSpans(row, Set.of(family(row.get("type").asString()))));
        LabelledCases.core("sentences.jsonl").forEach(row -> judgeSpans(row, KINDS));
        LabelledCases.core("secrets.jsonl").forEach(this::judgeSecret);
        LabelledCases.core("secrets-in-prose.jsonl").forEach(row -> judgeSpans(row, Set.of("SECRET")));
        LabelledCases.core("chinese-and-secrets.jsonl").forEach(row -> {
            judgeSpans(row, KINDS);
            judgeNearMisses(row);
        });

        System.out.println(score.table());
        assertThat(score.tallies().keySet()).containsExactlyInAnyOrderElementsOf(KINDS);
        assertEnough();
    }

    @Test
    void secrets_are_right_in_prose() {
        LabelledCases.core("secrets-in-prose.jsonl").forEach(row -> judgeSpans(row, Set.of("SECRET")));

        assertThat(score.of("SECRET").expected()).isPositive();
        assertEnough();
    }

    @Test
    void redacting_any_case_twice_changes_nothing() {
        assertThat(texts())
                .filteredOn(text -> !redacted(redacted(text)).equals(redacted(text)))
                .isEmpty();
    }

    @Test
    void any_case_survives_a_session() {
        assertThat(texts()).filteredOn(text -> !restored(text).equals(text)).isEmpty();
    }

    private String redacted(String text) {
        return redactor.redact(text).text();
    }

    private String restored(String text) {
        try (RedactionSession session = redactor.openSession()) {
            return session.restore(session.redact(text).text());
        }
    }

    private static List<String> texts() {
        return FILES.stream()
                .flatMap(file -> LabelledCases.lines(file).stream())
                .map(LabelledCases::text)
                .toList();
    }

    /** What upstream rejects for its entropy leaks nothing when it is masked, so only real values count. */
    private void judgeSecret(JsonNode row) {
        if (row.has("spans")) {
            judgeSpans(row, Set.of("SECRET"));
        } else if (row.get("valid").asBoolean()) {
            String family = family(row.get("type").asString());
            boolean found = redactor.redact(text(row)).findings().stream()
                    .anyMatch(finding -> family(finding.type()).equals(family));
            score.count(found, family, text(row));
        }
    }

    private void judgeWhole(JsonNode row) {
        String text = text(row);
        String type = row.get("type").asString();
        if (!KINDS.contains(family(type))) {
            return;
        }
        int start = text.length() - text.stripLeading().length();
        int end = text.stripTrailing().length();
        boolean valid = row.get("valid").asBoolean();
        Label whole = valid ? new Label(type, start, end, false) : new Label(type, 0, text.length(), false);
        boolean found = redactor.redact(text).findings().stream().anyMatch(whole::isCoveredBy);
        if (valid) {
            score.count(found, family(type), text);
        } else {
            score.countAbsence(!found, family(type), text);
        }
    }

    private void judgeSpans(JsonNode row, Set<String> families) {
        List<Finding> findings = redactor.redact(text(row)).findings();
        List<Label> labels = labels(row, "spans");
        for (Label label : labels) {
            boolean found = findings.stream().anyMatch(label::isCoveredBy);
            if (families.contains(family(label.type())) && (found || !label.optional())) {
                score.count(found, family(label.type()), text(row));
            }
        }
        for (Finding finding : findings) {
            boolean labelled = labels.stream().anyMatch(label -> label.touches(finding));
            if (!labelled && families.contains(family(finding.type()))) {
                score.countAbsence(false, family(finding.type()), text(row));
            }
        }
    }

    private void judgeNearMisses(JsonNode row) {
        List<Finding> findings = redactor.redact(text(row)).findings();
        for (Label miss : labels(row, "near_misses")) {
            boolean reported = findings.stream().anyMatch(f -> f.type().equals(miss.type()) && miss.touches(f));
            score.countAbsence(!reported, family(miss.type()), text(row));
        }
    }

    private void assertEnough() {
        score.tallies().forEach((family, tally) -> {
            assertThat(tally.precision())
                    .as("precision of %s: %s", family, score.mistakes())
                    .isGreaterThanOrEqualTo(ENOUGH);
            assertThat(tally.recall())
                    .as("recall of %s: %s", family, score.mistakes())
                    .isGreaterThanOrEqualTo(ENOUGH);
        });
    }
}
