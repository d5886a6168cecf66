package dev.llmops.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Precision and recall over cases of this project's own: values of every kind beside things that only look like them. */
class OwnCasesTest {

    private final Judge judge = new Judge();
    private final List<String> texts =
            LabelledCases.own().stream().map(LabelledCases::text).toList();

    @Test
    void every_kind_is_right() {
        LabelledCases.own().forEach(judge::judge);

        System.out.printf("Own cases%n%s%n", judge.table());
        judge.assertEnough(Judge.KINDS);
    }

    @Test
    void redacting_any_case_twice_changes_nothing() {
        assertThat(texts).filteredOn(text -> !judge.isStable(text)).isEmpty();
    }

    @Test
    void any_case_survives_a_session() {
        assertThat(texts).filteredOn(text -> !judge.survivesSession(text)).isEmpty();
    }
}
