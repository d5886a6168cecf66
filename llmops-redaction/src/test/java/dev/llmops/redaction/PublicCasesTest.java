package dev.llmops.redaction;

import static dev.llmops.redaction.LabelledCases.family;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Precision and recall over the labelled cases of several projects, each family of data by itself. */
class PublicCasesTest {

    private final Judge judge = new Judge();

    private static final Set<String> SECRET = Set.of("SECRET");
    private static final List<String> FILES = List.of(
            "formats.jsonl",
            "recognizers.jsonl",
            "sentences.jsonl",
            "secrets.jsonl",
            "secrets-in-prose.jsonl",
            "chinese-and-secrets.jsonl");

    @Test
    void every_kind_is_right_over_all_cases() {
        judgeAll();

        System.out.printf("Public cases%n%s%n", judge.table());
        judge.assertEnough(Judge.KINDS);
    }

    @Test
    void secrets_are_right_in_prose() {
        LabelledCases.core("secrets-in-prose.jsonl").forEach(row -> judge.judgeSpans(row, SECRET));

        judge.assertEnough(SECRET);
    }

    private void judgeAll() {
        LabelledCases.core("formats.jsonl").forEach(judge::judgeWhole);
        LabelledCases.core("recognizers.jsonl")
                .forEach(row ->
                        judge.judgeSpans(row, Set.of(family(row.get("type").asString()))));
        LabelledCases.core("sentences.jsonl").forEach(row -> judge.judgeSpans(row, Judge.KINDS));
        LabelledCases.core("secrets.jsonl").forEach(judge::judgeSecret);
        LabelledCases.core("secrets-in-prose.jsonl").forEach(row -> judge.judgeSpans(row, SECRET));
        LabelledCases.core("chinese-and-secrets.jsonl").forEach(judge::judge);
    }

    @Test
    void redacting_any_case_twice_changes_nothing() {
        assertThat(texts()).filteredOn(text -> !judge.isStable(text)).isEmpty();
    }

    @Test
    void any_case_survives_a_session() {
        assertThat(texts()).filteredOn(text -> !judge.survivesSession(text)).isEmpty();
    }

    private static List<String> texts() {
        return FILES.stream()
                .flatMap(file -> LabelledCases.lines(file).stream())
                .map(LabelledCases::text)
                .toList();
    }
}
