package dev.llmops.slo.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.internal.TimeSpans.Span;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimeSpansTest {

    private static TimeSpans spans(List<Span> spans) {
        return TimeSpans.of(spans, span -> Instant.ofEpochSecond(span.from()), Span::end);
    }

    @Test
    void spans_that_overlap_or_touch_are_one() {
        assertThat(spans(List.of(new Span(20, 30), new Span(5, 10), new Span(10, 12), new Span(25, 40)))
                        .all())
                .containsExactly(new Span(5, 12), new Span(20, 40));
    }

    @Test
    void only_one_span_covers() {
        TimeSpans spans = spans(List.of(new Span(0, 10), new Span(20, 30)));

        assertThat(spans.covers(0, 10)).isTrue();
        assertThat(spans.covers(5, 25)).isFalse();
        assertThat(spans.within(5, 25)).containsExactly(new Span(5, 10), new Span(20, 25));
    }

    @Property
    void seconds_within_are_those_that_some_part_contains(
            @ForAll @Size(max = 6) List<@IntRange(min = 0, max = 100) Integer> starts,
            @ForAll @IntRange(min = 1, max = 30) int length,
            @ForAll @IntRange(min = 0, max = 120) int from,
            @ForAll @IntRange(min = 0, max = 120) int to) {
        List<Span> parts =
                starts.stream().map(start -> new Span(start, start + length)).toList();
        TimeSpans spans = spans(parts);
        long counted = LongStream.rangeClosed(from + 1L, to)
                .filter(second -> parts.stream().anyMatch(part -> second > part.from() && second <= part.to()))
                .count();

        assertThat(spans.secondsWithin(from, to)).isEqualTo(counted);
        assertThat(LongStream.rangeClosed(from + 1L, to).filter(spans::contains).count())
                .isEqualTo(counted);
    }
}
