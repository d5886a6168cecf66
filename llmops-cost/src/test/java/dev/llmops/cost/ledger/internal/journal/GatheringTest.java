package dev.llmops.cost.ledger.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private final Gathering gathering = new Gathering();

    @Test
    void before_the_first_write_nobody_is_waited_for() {
        assertThat(gathering.wanted(1)).isEqualTo(1);
    }

    @Test
    void a_single_caller_is_never_waited_for_again() {
        gathering.wrote(1, 0, 16_000_000);

        assertThat(gathering.wanted(1)).isEqualTo(1);
    }

    @Test
    void those_who_were_served_and_those_who_came_meanwhile_are_expected_for_an_eighth_of_the_write() {
        gathering.wrote(8, 8, 16_000_000);

        assertThat(gathering.wanted(9)).isEqualTo(16);
        assertThat(gathering.wanted(16)).isEqualTo(16);
        assertThat(gathering.patienceNanos()).isEqualTo(2_000_000);
    }

    @Test
    void a_slow_disk_is_waited_for_five_milliseconds_at_most() {
        gathering.wrote(8, 8, 1_000_000_000);

        assertThat(gathering.patienceNanos()).isEqualTo(5_000_000);
    }

    @Test
    void where_nobody_comes_the_writer_waits_ever_more_rarely_and_once_in_257_writes_in_the_end() {
        List<Integer> waited = new ArrayList<>();
        for (int write = 1; write <= 1025; write++) {
            gathering.wrote(8, 8, 16_000_000);
            if (gathering.wanted(8) == 16) {
                waited.add(write);
                gathering.ended(false);
            }
        }

        assertThat(waited).containsExactly(1, 3, 6, 11, 20, 37, 70, 135, 264, 521, 778);
    }

    @Test
    void once_they_come_the_writer_waits_every_time_again() {
        gathering.wrote(8, 8, 16_000_000);
        gathering.ended(false);
        assertThat(gathering.wanted(8)).isEqualTo(8);
        assertThat(gathering.wanted(8)).isEqualTo(16);

        gathering.ended(true);

        assertThat(gathering.wanted(8)).isEqualTo(16);
    }
}
