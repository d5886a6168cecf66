package dev.llmops.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.samples.provider.KeylessProvider;
import dev.llmops.test.SloRun;
import dev.llmops.test.SloTest;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentTest {

    private static final String QUESTION = "Where is order A-1001?";
    private static final String ANSWER = "Order A-1001 is on its way and arrives tomorrow.";

    private final KeylessProvider provider = KeylessProvider.start(Duration.ZERO);
    private final RecordingListener seen = new RecordingListener();

    @AfterEach
    void close() {
        provider.close();
    }

    private Agent agent(String dailyBudget, LlmListener listener) {
        return new Agent(provider.address().toString(), "none", new BigDecimal(dailyBudget), listener);
    }

    @SloTest(objectives = "objectives.yml")
    void answers_are_quick_complete_and_cheap(SloRun run) throws InterruptedException {
        try (Agent agent = agent("1", run)) {
            run.load(
                    400,
                    4,
                    i -> assertThat(agent.ask("user-" + i % 10, QUESTION)).isEqualTo(ANSWER));
        }
    }

    @Test
    void a_question_with_a_tool_is_two_requests_within_one_invocation() {
        try (Agent agent = agent("1", seen)) {
            agent.ask("ada", QUESTION);
        }
        assertThat(seen.records())
                .extracting(record -> record.info().operation())
                .containsExactly(Operation.CHAT, Operation.CHAT, Operation.INVOKE_AGENT);
        assertThat(seen.records())
                .allSatisfy(record -> assertThat(record.info().user()).isEqualTo("ada"));
    }

    @Test
    void a_question_without_a_tool_is_answered_from_the_prompt() {
        try (Agent agent = agent("1", seen)) {
            assertThat(agent.ask("ada", "When does the workshop open, and when does it close?"))
                    .isEqualTo("The workshop opens at eight and closes at six.");
        }
    }

    @Test
    void a_day_in_the_workshop_is_booked_once() {
        try (Agent agent = agent("1", seen)) {
            assertThat(agent.ask("ada", "Book a repair on 2026-12-01"))
                    .isEqualTo("Your repair is booked for 2026-12-01.");
            assertThat(agent.ask("bob", "Book a repair on 2026-12-01")).isEqualTo("No place is free on 2026-12-01.");
        }
    }

    @Test
    void a_user_who_has_spent_the_budget_is_refused_and_others_are_not() {
        try (Agent agent = agent("0.001", seen)) {
            assertThatThrownBy(() -> ask(agent, "ada", 200))
                    .isInstanceOf(BudgetRefusedException.class)
                    .hasMessageContaining("user-day")
                    .hasMessageContaining("limit 0.001");
            assertThat(agent.ask("bob", QUESTION)).isEqualTo(ANSWER);
            assertThat(agent.budget("ada").spent()).isPositive().isLessThanOrEqualTo(new BigDecimal("0.001"));
        }
        assertThat(seen.records())
                .filteredOn(record -> record.outcome() == Outcome.REJECTED)
                .extracting(CallRecord::info)
                .extracting(info -> info.user())
                .containsExactly("ada");
    }

    private static void ask(Agent agent, String user, int times) {
        for (int i = 0; i < times; i++) {
            agent.ask(user, QUESTION);
        }
    }
}
