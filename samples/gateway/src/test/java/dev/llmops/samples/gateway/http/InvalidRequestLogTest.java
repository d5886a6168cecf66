package dev.llmops.samples.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.testing.FakeTicker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvalidRequestLogTest {

    private final FakeTicker ticker = new FakeTicker();
    private final List<String> lines = new ArrayList<>();
    private final InvalidRequestLog log = new InvalidRequestLog(ticker::nanos, lines::add);

    @Test
    void the_first_is_logged_at_once() {
        log.refused("127.0.0.1", "broken chunks");
        assertThat(lines).containsExactly("invalid HTTP from 127.0.0.1: broken chunks");
    }

    @Test
    void many_are_one_line_and_the_next_line_counts_them() {
        for (int i = 0; i < 50; i++) {
            log.refused("127.0.0.1", "broken chunks");
        }
        assertThat(lines).hasSize(1);
        ticker.advance(InvalidRequestLog.BETWEEN_LINES);
        log.refused("127.0.0.2", "a broken head");
        assertThat(lines.get(1))
                .isEqualTo("invalid HTTP from 127.0.0.2: a broken head (and 49 more since the last such line)");
    }
}
