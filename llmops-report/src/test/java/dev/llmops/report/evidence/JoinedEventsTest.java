package dev.llmops.report.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JoinedEventsTest {

    private static JoinedEvents.Event event(long place) {
        return new JoinedEvents.Event(place, 0, Set.of(), "{}");
    }

    private static List<Long> places(JoinedEvents joined) {
        return joined.joined().stream().map(JoinedEvents.Event::place).toList();
    }

    @Test
    void what_is_said_before_its_call_or_of_another_release_is_told_apart() {
        JoinedEvents joined = new JoinedEvents(10, 10);
        joined.addEvent(5, event(1));
        joined.addEvent(7, event(2));
        joined.addCall(5);
        joined.addEvent(5, event(3));

        assertThat(places(joined)).containsExactly(1L, 3L);
        assertThat(joined.keptRatio()).isEqualTo(1);
    }

    @Test
    void beyond_its_calls_those_with_the_smallest_hashes_stay() {
        JoinedEvents joined = new JoinedEvents(2, 10);
        for (long hash : new long[] {40, 10, 30, 20}) {
            joined.addCall(hash);
            joined.addEvent(hash, event(hash));
        }

        assertThat(places(joined)).containsExactly(10L, 20L);
        assertThat(joined.keeps(20)).isTrue();
        assertThat(joined.keeps(30)).isFalse();
    }

    @Test
    void beyond_its_events_a_call_keeps_all_of_its_own_or_none() {
        JoinedEvents joined = new JoinedEvents(10, 2);
        joined.addCall(10);
        joined.addCall(20);
        joined.addEvent(20, event(1));
        joined.addEvent(10, event(2));
        joined.addEvent(20, event(3));

        assertThat(places(joined)).containsExactly(2L);
    }

    @Test
    void the_order_of_the_log_does_not_matter() {
        Random random = new Random(3);
        List<Long> hashes = new ArrayList<>(random.longs(2_000).boxed().toList());
        List<Long> first = null;
        for (int order = 0; order < 5; order++) {
            Collections.shuffle(hashes, random);
            JoinedEvents joined = new JoinedEvents(100, 150);
            for (long hash : hashes) {
                if (hash % 3 != 0) {
                    joined.addCall(hash);
                }
                joined.addEvent(hash, event(hash));
            }
            List<Long> kept = places(joined);
            first = first == null ? kept : first;
            assertThat(kept).hasSizeBetween(70, 100).isEqualTo(first);
            assertThat(joined.keptRatio()).isBetween(.05, .11);
        }
    }
}
