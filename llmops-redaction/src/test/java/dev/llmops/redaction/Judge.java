package dev.llmops.redaction;

import static dev.llmops.redaction.LabelledCases.family;
import static dev.llmops.redaction.LabelledCases.labels;
import static dev.llmops.redaction.LabelledCases.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.redaction.LabelledCases.Label;
import dev.llmops.redaction.detect.Finding;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Redacts labelled cases and counts what is found, missed and wrong. */
final class Judge {

    static final Set<String> KINDS = Set.of(
            "EMAIL", "CARD", "IBAN", "US_SSN", "IP_ADDRESS", "MAC_ADDRESS", "CN_ID_CARD", "PHONE", "CN_USCC", "SECRET");
    private static final double ENOUGH = 0.99;

    private final Redactor redactor = Redactor.ofDefaults();
    private final Score score = new Score();

    /** What upstream rejects for its entropy leaks nothing when it is masked, so only real values count. */
    void judgeSecret(JsonNode row) {
        if (row.has("spans")) {
            judgeSpans(row, Set.of("SECRET"));
        } else if (row.get("valid").asBoolean()) {
            String family = family(row.get("type").asString());
            boolean found = redactor.redact(text(row)).findings().stream()
                    .anyMatch(finding -> family(finding.type()).equals(family));
            score.count(found, family, text(row));
        }
    }

    void judgeWhole(JsonNode row) {
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

    /** Everything in the case that is of a promised kind. */
    void judge(JsonNode row) {
        judgeSpans(row, KINDS);
        judgeNearMisses(row);
    }

    void judgeSpans(JsonNode row, Set<String> families) {
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

    /** Every kind was there, and none falls short. */
    void assertEnough(Set<String> kinds) {
        assertThat(score.tallies().keySet()).containsExactlyInAnyOrderElementsOf(kinds);
        score.tallies().forEach((family, tally) -> {
            assertThat(tally.precision())
                    .as("precision of %s: %s", family, score.mistakes())
                    .isGreaterThanOrEqualTo(ENOUGH);
            assertThat(tally.recall())
                    .as("recall of %s: %s", family, score.mistakes())
                    .isGreaterThanOrEqualTo(ENOUGH);
        });
    }

    /** Whether redacting what was redacted changes nothing. */
    boolean isStable(String text) {
        String once = redactor.redact(text).text();
        return redactor.redact(once).text().equals(once);
    }

    boolean survivesSession(String text) {
        try (RedactionSession session = redactor.openSession()) {
            return session.restore(session.redact(text).text()).equals(text);
        }
    }

    String table() {
        return score.table();
    }
}
