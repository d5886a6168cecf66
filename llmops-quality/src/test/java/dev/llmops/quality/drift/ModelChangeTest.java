package dev.llmops.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.quality.drift.model.ModelWatch;
import dev.llmops.quality.drift.model.ProbeSet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelChangeTest {

    private final List<ModelWatch.Change> changes = new ArrayList<>();
    private final LlmOps llmops =
            LlmOps.builder().listener(new ModelWatch(changes::add)).build();
    private final Clock clock = Clock.fixed(Traffic.START, ZoneOffset.UTC);

    private void answered(String model, String fingerprint) {
        var call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
        call.responseModel(model).attribute(ModelWatch.FINGERPRINT_ATTRIBUTE, fingerprint);
        call.finish("stop");
    }

    @Test
    void another_response_model_is_a_finding() {
        answered("gpt-4o-2026-05", "fp_1");
        answered("gpt-4o-2026-05", "fp_1");
        answered("gpt-4o-2026-11", "fp_1");

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(ModelWatch.Change.Kind.RESPONSE_MODEL);
            assertThat(change.before()).isEqualTo("gpt-4o-2026-05");
            assertThat(change.after()).isEqualTo("gpt-4o-2026-11");
        });
    }

    @Test
    void fingerprints_that_alternate_are_reported_once() {
        for (int i = 0; i < 10; i++) {
            answered("gpt-4o", "fp_" + i % 2);
        }
        assertThat(changes)
                .extracting(ModelWatch.Change::kind, ModelWatch.Change::after)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(ModelWatch.Change.Kind.FINGERPRINT, "fp_1"));
    }

    private static List<String> prompts() {
        return IntStream.range(0, 20).mapToObj(i -> "prompt " + i).toList();
    }

    private ProbeSet baseline(UnaryOperator<String> ask) {
        return ProbeSet.baseline("openai", "gpt-4o", prompts(), ask, String::equals, clock);
    }

    @Test
    void probes_that_are_answered_alike_report_nothing() {
        assertThat(baseline(prompt -> "to " + prompt).run(prompt -> "to " + prompt))
                .isEmpty();
    }

    @Test
    void probes_that_are_answered_differently_are_a_finding() {
        ModelWatch.Change change = baseline(prompt -> "to " + prompt)
                .run(prompt -> prompt.endsWith("1") ? "to " + prompt : "new")
                .orElseThrow();
        assertThat(change.before()).isEqualTo("20 of 20");
        assertThat(change.after()).isEqualTo("2 of 20");
        assertThat(change.at()).isEqualTo(Traffic.START);
    }

    @Test
    void a_model_that_never_agrees_with_itself_cannot_change() {
        int[] asked = {0};
        assertThat(baseline(prompt -> "answer " + asked[0]++).run(prompt -> "new"))
                .isEmpty();
    }

    @Test
    void too_few_probes_are_an_error() {
        assertThatThrownBy(() -> ProbeSet.baseline("openai", "m", List.of("one"), prompt -> "", String::equals, clock))
                .hasMessageContaining("at least 5 prompts, but has 1");
    }

    @Test
    void gauges_show_the_latest_window_and_nan_before_it() {
        Feature value =
                Feature.numeric("value", call -> (double) call.attributes().get("value"));
        ReferenceRecorder recorder = new ReferenceRecorder(Traffic.VERSIONS.id(), List.of(value));
        IntStream.range(0, 1_000).forEach(i -> recorder.add(Traffic.value(Traffic.START, i, null)));
        DriftMonitor monitor = DriftMonitor.builder(recorder.profile())
                .features(List.of(value))
                .build();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new DriftGauges(monitor).bindTo(registry);

        assertThat(registry.get(DriftGauges.PSI).tag("feature", "value").gauge().value())
                .isNaN();
        IntStream.range(0, 1_000).forEach(i -> monitor.add(Traffic.value(Traffic.START, i, null)));
        monitor.check();
        assertThat(registry.get(DriftGauges.PSI).gauge().value()).isZero();
        assertThat(registry.get(DriftGauges.KS).gauge().value()).isZero();
    }
}
