package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private final List<String> told = new ArrayList<>();

    private final class Named implements LlmListener {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void callStarted(LiveCall call) {
            told.add(name + " started");
        }

        @Override
        public void firstToken(LiveCall call, long timeToFirstTokenNanos) {
            told.add(name + " first token");
        }

        @Override
        public void callEnded(LiveCall call, CallRecord record) {
            told.add(name + " ended " + record.outcome());
        }

        @Override
        public void eventOccurred(LlmEvent event) {
            told.add(name + " event");
        }
    }

    private static final class Broken implements LlmListener, ScopeProvider {
        @Override
        public void callStarted(LiveCall call) {
            throw new IllegalStateException();
        }

        @Override
        public void firstToken(LiveCall call, long timeToFirstTokenNanos) {
            throw new AssertionError();
        }

        @Override
        public void callEnded(LiveCall call, CallRecord record) {
            throw new StackOverflowError();
        }

        @Override
        public void eventOccurred(LlmEvent event) {
            throw new NoClassDefFoundError();
        }

        @Override
        public Scope open(LiveCall call) {
            throw new IllegalStateException();
        }
    }

    private static LlmListener outOfMemoryAtTheEnd() {
        return new LlmListener() {
            @Override
            public void callEnded(LiveCall call, CallRecord record) {
                throw new OutOfMemoryError();
            }
        };
    }

    private static void oneWholeCall(Rig rig) {
        LlmCall call = rig.call().requestId("r1").start();
        try (Scope scope = call.makeCurrent()) {
            call.chunk(1);
            call.finish();
        }
        rig.llmops.feedback("r1", LlmEvent.Verdict.UP, null);
    }

    @Test
    void listeners_are_told_of_everything_in_the_order_in_which_they_were_added() {
        oneWholeCall(new Rig(builder -> builder.listener(new Named("a")).listener(new Named("b"))));
        assertThat(told)
                .containsExactly(
                        "a started",
                        "b started",
                        "a first token",
                        "b first token",
                        "a ended COMPLETED",
                        "b ended COMPLETED",
                        "a event",
                        "b event");
    }

    @Test
    void a_listener_that_throws_disturbs_neither_the_caller_nor_the_others_and_is_counted() {
        Rig rig = new Rig(builder -> builder.listener(new Broken()).listener(new Named("b")));
        oneWholeCall(rig);
        assertThat(told).containsExactly("b started", "b first token", "b ended COMPLETED", "b event");
        assertThat(rig.llmops.telemetry().values(Telemetry.Kind.FAILURES))
                .containsOnlyKeys(
                        "ListenersTest$Broken.call_ended",
                        "ListenersTest$Broken.call_started",
                        "ListenersTest$Broken.event_occurred",
                        "ListenersTest$Broken.first_token",
                        "ListenersTest$Broken.open");
    }

    @Test
    void what_the_virtual_machine_cannot_survive_is_counted_and_passed_on() {
        Rig rig = new Rig(builder -> builder.listener(outOfMemoryAtTheEnd()));
        LlmCall call = rig.start();
        assertThatThrownBy(call::finish).isInstanceOf(OutOfMemoryError.class);
        assertThat(rig.llmops.activeCalls()).isZero();
        assertThat(rig.llmops.telemetry().values(Telemetry.Kind.FAILURES)).containsValue(1L);
    }

    @Test
    void a_lack_of_memory_in_one_reaches_the_caller_after_all_others_have_the_record() {
        OutOfMemoryError first = new OutOfMemoryError();
        Rig rig = new Rig(builder -> builder.enricher(record -> {
                    throw first;
                })
                .enricher(record -> record.toBuilder().retries(7).build())
                .listener(outOfMemoryAtTheEnd())
                .listener(new Named("b")));
        LlmCall call = rig.start();
        assertThatThrownBy(call::finish).isSameAs(first);
        assertThat(told).containsExactly("b started", "b ended COMPLETED");
        assertThat(rig.record().retries()).isEqualTo(7);
    }

    @Test
    void a_failing_lambda_is_counted_under_a_name_that_is_the_same_in_every_run() {
        Rig rig = new Rig(builder -> builder.enricher(record -> {
            throw new IllegalStateException();
        }));
        rig.start().finish();
        assertThat(rig.failures("ListenersTest.enrich")).isEqualTo(1);
    }

    @Test
    void enrichers_see_what_those_before_them_added() {
        Rig rig = new Rig(builder -> builder.enricher(record ->
                        record.toBuilder().retries(record.retries() + 1).build())
                .enricher(record ->
                        record.toBuilder().retries(record.retries() * 10).build()));
        rig.start().retry().finish();
        assertThat(rig.record().retries()).isEqualTo(20);
    }

    @Test
    void an_enricher_that_throws_or_gives_nothing_is_skipped_and_counted() {
        Rig rig = new Rig(builder -> builder.enricher(record -> {
                    throw new AssertionError();
                })
                .enricher(record -> nothing())
                .enricher(record -> record.toBuilder().refusal(true).build()));
        rig.start().finish();
        assertThat(rig.record().isRefusal()).isTrue();
        assertThat(rig.failures("ListenersTest.enrich")).isEqualTo(2);
    }

    @SuppressWarnings("NullAway") // what a careless enricher does
    private static CallRecord nothing() {
        return null;
    }

    @Test
    void what_a_listener_attached_is_there_at_the_end_and_only_for_its_key() {
        List<Object> found = new ArrayList<>();
        Rig rig = new Rig(builder -> builder.listener(new LlmListener() {
            @Override
            public void callStarted(LiveCall call) {
                call.attach(this, "mine");
                call.attach("other", "theirs");
                call.attach(this, "mine again");
            }

            @Override
            public void callEnded(LiveCall call, CallRecord record) {
                found.add(call.attachment(this));
                found.add(call.attachment("unknown"));
            }
        }));
        rig.start().finish();
        assertThat(found).containsExactly("mine again", null);
    }

    @Test
    void the_trace_that_a_listener_sets_stands_in_the_record() {
        Rig rig = new Rig(builder -> builder.listener(new LlmListener() {
            @Override
            public void callStarted(LiveCall call) {
                call.trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
            }
        }));
        rig.call().user("u1").tenant("acme").requestId("r1").start().finish();
        CallInfo info = rig.record().info();
        assertThat(info.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(info.spanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(info.user()).isEqualTo("u1");
        assertThat(info.requestId()).isEqualTo("r1");
        assertThat(info.isStreaming()).isTrue();
    }

    @Test
    void scopes_open_in_the_order_of_the_listeners_and_close_in_reverse() {
        LlmListener first = new Scoped("first", false);
        LlmListener second = new Scoped("second", true);
        Rig rig = new Rig(builder -> builder.listener(first).listener(second));
        try (Scope scope = rig.start().makeCurrent()) {
            told.add("inside");
        }
        assertThat(told).containsExactly("first open", "second open", "inside", "second close", "first close");
        assertThat(rig.failures("ListenersTest$Scoped.close")).isEqualTo(1);
    }

    private final class Scoped implements LlmListener, ScopeProvider {
        private final String name;
        private final boolean isBroken;

        Scoped(String name, boolean isBroken) {
            this.name = name;
            this.isBroken = isBroken;
        }

        @Override
        public Scope open(LiveCall call) {
            told.add(name + " open");
            return () -> {
                told.add(name + " close");
                if (isBroken) {
                    throw new IllegalStateException();
                }
            };
        }
    }

    @Test
    void components_that_report_on_themselves_are_handed_the_telemetry() {
        List<Telemetry> handed = new ArrayList<>();
        class Aware implements LlmListener, TelemetryAware {
            @Override
            public void useTelemetry(Telemetry telemetry) {
                handed.add(telemetry);
            }
        }
        Rig rig = new Rig(builder -> builder.listener(new Aware()));
        assertThat(handed).containsExactly(rig.llmops.telemetry());
    }
}
