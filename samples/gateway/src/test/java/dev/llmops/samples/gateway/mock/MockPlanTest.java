package dev.llmops.samples.gateway.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.samples.gateway.provider.TokenEstimate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MockPlanTest {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    @Property
    void what_is_asked_for_is_what_is_planned(
            @ForAll @IntRange(max = 300) int tokens,
            @ForAll @IntRange(max = 300) int reasoning,
            @ForAll @IntRange(min = 1, max = 40) int perChunk) {
        int total = tokens + reasoning;
        MockPlan plan = plan("tokens=" + total + "; reasoning_tokens=" + reasoning + "; tokens_per_chunk=" + perChunk);
        int thought = 0;
        int token = 0;
        while (token < total) {
            int end = plan.chunkEnd(token);
            assertThat(end - token).isBetween(1, perChunk);
            thought += plan.isReasoning(token) ? end - token : 0;
            token = end;
        }
        assertThat(token).isEqualTo(total);
        assertThat(thought).isEqualTo(reasoning);
    }

    @Property
    void a_text_of_n_tokens_counts_as_n(@ForAll @IntRange(max = 400) int tokens, @ForAll long seed) {
        assertThat(TokenEstimate.of(new MockText(seed).next(tokens))).isEqualTo(tokens);
    }

    @Test
    void a_chunk_does_not_reach_past_the_fault() {
        MockPlan plan = plan("tokens=20; tokens_per_chunk=5; fault=connection_drop; after=7");
        assertThat(plan.chunkEnd(0)).isEqualTo(5);
        assertThat(plan.chunkEnd(5)).isEqualTo(7);
    }

    @Test
    void the_same_seed_draws_the_same_answer() {
        MockPlan one = plan("seed=99");
        MockPlan two = plan("seed=99");
        assertThat(one.outputTokens).isEqualTo(two.outputTokens);
        assertThat(one.ttftMillis).isEqualTo(two.ttftMillis);
        assertThat(one.nextGapMillis()).isEqualTo(two.nextGapMillis());
    }

    @Test
    void a_drawn_answer_obeys_the_limit_of_the_request() {
        MockPlan plan = new MockPlan(MockScript.parse("seed=1"), 4, 3, 0, MockDefect.NONE);
        assertThat(plan.outputTokens).isEqualTo(3);
        assertThat(plan.cutByLimit).isTrue();
    }

    @Property(tries = 200)
    void a_drawn_answer_takes_well_under_a_second(@ForAll long seed) {
        MockPlan plan = new MockPlan(MockScript.parse(null), 4, NO_LIMIT, seed, MockDefect.NONE);
        double millis = plan.ttftMillis;
        for (int token = 1; token < plan.outputTokens; token++) {
            millis += plan.nextGapMillis();
        }
        assertThat(millis).isBetween(30.0, 750.0);
    }

    private static MockPlan plan(String script) {
        return new MockPlan(MockScript.parse(script), 4, NO_LIMIT, 0, MockDefect.NONE);
    }
}
