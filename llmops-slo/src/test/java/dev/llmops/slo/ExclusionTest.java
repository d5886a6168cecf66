package dev.llmops.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExclusionTest {

    private static final Instant FROM = Instant.parse("2026-11-28T20:00:00Z");
    private static final Instant TO = FROM.plusSeconds(3_600);

    @Test
    void an_exclusion_of_all_applies_to_any_objective() {
        assertThat(Exclusion.ofAll(FROM, TO, "ana", "maintenance").appliesTo("fast"))
                .isTrue();
        assertThat(new Exclusion(FROM, TO, Set.of("fast"), "ana", "maintenance").appliesTo("cheap"))
                .isFalse();
    }

    @Test
    void the_start_is_outside_and_the_end_inside() {
        Exclusion exclusion = Exclusion.ofAll(FROM, TO, "ana", "maintenance");

        assertThat(exclusion.overlaps(FROM.minusSeconds(60), FROM)).isFalse();
        assertThat(exclusion.overlaps(TO.minusSeconds(60), TO)).isTrue();
        assertThat(exclusion.overlaps(TO, TO.plusSeconds(60))).isFalse();
    }

    @Test
    void those_of_an_objective_come_by_their_start() {
        Exclusion late = Exclusion.ofAll(FROM.plusSeconds(60), TO, "ana", "second");
        Exclusion early = Exclusion.ofAll(FROM, TO, "ana", "first");
        Exclusion other = new Exclusion(FROM, TO, Set.of("cheap"), "ana", "other");

        assertThat(Exclusion.of(List.of(late, other, early), "fast")).containsExactly(early, late);
    }

    @Test
    void what_cannot_be_an_exclusion_is_refused_with_the_remedy() {
        assertThatThrownBy(() -> Exclusion.ofAll(TO, FROM, "ana", "maintenance"))
                .hasMessage("to is 2026-11-28T20:00:00Z — after from (2026-11-28T21:00:00Z) — swap them");
        assertThatThrownBy(() -> Exclusion.ofAll(FROM.plusSeconds(1), TO, "ana", "maintenance"))
                .hasMessage("from is 2026-11-28T20:00:01Z — a whole minute such as 2026-11-28T20:00:00Z — round it");
        assertThatThrownBy(() -> Exclusion.ofAll(FROM, TO, " ", "maintenance"))
                .hasMessage("by is blank — who decided it — write it down");
        assertThatThrownBy(() -> Exclusion.ofAll(FROM, TO, "ana", ""))
                .hasMessage("reason is blank — why this time does not count — write it down");
    }

    @Test
    void a_text_has_a_bound_so_that_it_fits_a_snapshot() {
        assertThat(Exclusion.ofAll(FROM, TO, "ana", "写".repeat(10_000)).reason())
                .hasSize(10_000);
        assertThatThrownBy(() -> Exclusion.ofAll(FROM, TO, "ana", "x".repeat(10_001)))
                .hasMessage("reason has 10001 characters — at most 10000 — shorten it");
    }
}
