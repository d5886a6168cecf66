package dev.llmops.endings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.tracing.CallSpans;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The table of endings, for one way in which one integration is used. A subclass says how the application asks; each cell
 * runs it bare and observed and demands that both look the same to the application, and that the call was measured right.
 */
public abstract class EndingsTable {

    /** The deadline of an application that {@linkplain Ending.Client#TIMES_OUT gives up}. */
    public static final Duration DEADLINE = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT_LIFE = Duration.ofMillis(500);

    /** Returns the name of the row, such as {@code openai-java, chat, sync stream}. */
    protected abstract String row();

    /** Returns the application that asks through the integration. */
    protected abstract Application application();

    /** Returns why an ending cannot happen here, if it cannot: the cell is left out and says why. */
    protected Optional<String> notApplicable(Ending ending) {
        return Optional.empty();
    }

    /** Returns the outcomes of the records that are right here; those of the ending by default. */
    protected List<Outcome> outcomes(Ending ending) {
        return ending.outcomes();
    }

    /** Returns true if the integration sees the tokens of this ending one by one; a plain answer has none. */
    protected boolean seesTokens(Ending ending) {
        return true;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Ending.class)
    final void ends_right(Ending ending) throws Exception {
        Optional<String> reason = notApplicable(ending);
        if (reason.isPresent()) {
            Results.of(row()).add(ending, Cell.notApplicable(reason.get()));
        }
        assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
        Transcript bare;
        try (ScriptedProvider provider = ScriptedProvider.playing(ending)) {
            bare = application().ask(ending, provider.uri(), null);
        }
        try (ScriptedProvider provider = ScriptedProvider.playing(ending);
                Rig rig = new Rig(ending)) {
            Transcript observed = application().ask(ending, provider.uri(), rig.llmops);
            rig.awaitRecords(outcomes(ending).size());
            assertThat(observed.lines())
                    .as("what the application saw, beside what it sees without the integration")
                    .isEqualTo(bare.lines());
            rig.check(outcomes(ending));
            checkUsage(ending, rig.seen.records());
            soon("the connection to be closed or idle")
                    .untilAsserted(() -> assertThat(provider.openExchanges()).isZero());
            Results.of(row()).add(ending, Cell.of(rig.seen.records(), bare.framework()));
        }
    }

    /** Looks at once and often, since the default's tenths of a second add up over all cells of the table. */
    private static ConditionFactory soon(String what) {
        return await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE);
    }

    private void checkUsage(Ending ending, List<CallRecord> records) {
        for (CallRecord record : records) {
            boolean isWhole = ending.isWhole() && record.outcome() == Outcome.COMPLETED;
            if (isWhole) {
                assertThat(record.usage().inputTokens()).as("input").hasValue(Answer.INPUT_TOKENS);
                assertThat(record.usage().cachedInputTokens())
                        .as("cached input")
                        .isEqualTo(Answer.CACHED_TOKENS);
                assertThat(record.usage().outputTokens()).as("output").hasValue(Answer.OUTPUT_TOKENS);
                assertThat(record.cost())
                        .as("cost")
                        .isNotNull()
                        .extracting(Cost::state)
                        .isEqualTo(CostState.EXACT);
            } else if (seesTokens(ending) && ending.tokensBefore() == 2) {
                assertThat(record.usage().outputTokens()).as("output so far").hasValue(2);
            }
            if (seesTokens(ending) && ending.tokensBefore() > 0 && ending.client() != Ending.Client.IGNORES) {
                assertThat(record.timing().timeToFirstTokenNanos())
                        .as("time to first token")
                        .isPresent();
            }
        }
    }

    /** All views that a call passes, and what each must say at the end. */
    private static final class Rig implements AutoCloseable {

        private final InMemorySpanExporter spans = InMemorySpanExporter.create();
        private final SdkTracerProvider tracers = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                .build();
        private final RecordingListener seen = new RecordingListener();
        private final LlmOps llmops;

        Rig(Ending ending) {
            boolean leaks = ending.client() == Ending.Client.IGNORES;
            llmops = LlmOps.builder()
                    .detectVersions(false)
                    .abandonAfter(leaks ? SHORT_LIFE : LlmOps.DEFAULT_ABANDON_AFTER)
                    .enricher(CostEnricher.using(PriceBook.bundled()))
                    .listener(CallSpans.on(OpenTelemetrySdk.builder()
                            .setTracerProvider(tracers)
                            .build()))
                    .listener(seen)
                    .build();
        }

        void awaitRecords(int count) {
            soon("the records").untilAsserted(() -> assertThat(seen.records()).hasSizeGreaterThanOrEqualTo(count));
            soon("the calls to end")
                    .untilAsserted(() -> assertThat(llmops.activeCalls()).isZero());
        }

        void check(List<Outcome> outcomes) {
            assertThat(seen.records())
                    .extracting(CallRecord::outcome)
                    .as("outcomes")
                    .isEqualTo(outcomes);
            assertThat(spans.getFinishedSpanItems())
                    .as("ended spans")
                    .extracting(SpanData::getSpanId)
                    .containsOnlyOnceElementsOf(seen.records().stream()
                            .map(record -> record.info().spanId())
                            .toList());
            assertThat(Context.current()).as("context of the thread").isSameAs(Context.root());
            assertThat(llmops.currentCall()).as("current call of the thread").isEmpty();
            assertThat(llmops.telemetry().values(Telemetry.Kind.FAILURES))
                    .as("failures of the integration")
                    .isEmpty();
        }

        @Override
        public void close() {
            llmops.close();
            tracers.close();
        }
    }
}
