package dev.llmops.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.version.VersionSet;
import dev.llmops.quality.drift.DriftFinding;
import dev.llmops.quality.drift.DriftGauges;
import dev.llmops.quality.drift.DriftMonitor;
import dev.llmops.quality.drift.DriftPolicy;
import dev.llmops.quality.drift.DriftReport;
import dev.llmops.quality.drift.DriftWindow;
import dev.llmops.quality.drift.Feature;
import dev.llmops.quality.drift.ReferenceProfile;
import dev.llmops.quality.drift.ReferenceRecorder;
import dev.llmops.quality.drift.model.ModelWatch;
import dev.llmops.quality.drift.model.ProbeSet;
import dev.llmops.quality.drift.statistics.CompatibilityMode;
import dev.llmops.quality.drift.statistics.Severity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the code of {@code docs/drift.md}, word for word. */
class DriftGuideTest {

    private final VersionSet versionSet =
            VersionSet.builder().prompt("support-v12").build();
    private final SimpleMeterRegistry meterRegistry = new SimpleMeterRegistry();
    private final Pager pager = new Pager();
    private final Client client = new Client();

    @TempDir
    private Path folder;

    /** What the guide's examples call. */
    private static final class Pager {
        private final List<Object> pages = new ArrayList<>();

        void page(Object reason) {
            pages.add(reason);
        }
    }

    private static final class Client {
        String ask(String prompt) {
            return "to " + prompt;
        }
    }

    private static void traffic(LlmOps llmops, int calls) {
        for (int i = 0; i < calls; i++) {
            llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish("stop");
        }
    }

    @Test
    void every_example_of_the_guide_stands_here_word_for_word() throws IOException {
        GuideExamples.assertAllIn("drift.md", DriftGuideTest.class);
    }

    /** The guide takes the version set of a call from the object; here nothing else is detected. */
    @Test
    void the_reference_and_the_monitor() throws IOException {
        Path file = folder.resolve("profile.json");
        VersionSet versionSet =
                LlmOps.builder().versionSet(this.versionSet).build().versionSet();
        ReferenceRecorder recorder = new ReferenceRecorder(versionSet.id(), Feature.standard());
        LlmOps recorded =
                LlmOps.builder().versionSet(versionSet).listener(recorder).build();
        traffic(recorded, 2_000);
        recorder.profile().write(file);

        DriftMonitor drift = DriftMonitor.builder(ReferenceProfile.read(file))
                .policy(DriftPolicy.standard().withAlpha(0.01))
                .onChange(report -> report.alerts().forEach(pager::page))
                .build();
        LlmOps llmops = LlmOps.builder().versionSet(versionSet).listener(drift).build();
        new DriftGauges(drift).bindTo(meterRegistry); // llm.data.drift.psi, llm.data.drift.ks

        DriftReport report = drift.check(); // every hour, from a scheduler
        traffic(llmops, 100);
        assertThat(report.verdict()).isEqualTo(DriftFinding.Verdict.INSUFFICIENT_DATA);
        assertThat(drift.check()
                        .finding("outcome", DriftFinding.Method.PSI)
                        .orElseThrow()
                        .currentCount())
                .isEqualTo(100);
        String received = drift.takeWindow().toJson();
        DriftWindow mine = drift.takeWindow();
        DriftWindow theirs = DriftWindow.fromJson(received);
        DriftReport ofAll = drift.judge(mine.plus(theirs));
        assertThat(ofAll.verdict()).isEqualTo(DriftFinding.Verdict.INSUFFICIENT_DATA);
        assertThat(pager.pages).isEmpty();
        assertThat(meterRegistry.find("llm.data.drift.psi").gauges()).isNotEmpty();
    }

    @Test
    void references_of_a_fleet() {
        VersionSet versionSet =
                LlmOps.builder().versionSet(this.versionSet).build().versionSet();
        ReferenceRecorder recorder = new ReferenceRecorder(versionSet.id(), Feature.standard());
        traffic(LlmOps.builder().versionSet(versionSet).listener(recorder).build(), 100);
        ReferenceProfile firstProfile = recorder.profile();
        ReferenceRecorder shard = ReferenceRecorder.withBinsOf(firstProfile, Feature.standard());
        traffic(LlmOps.builder().versionSet(versionSet).listener(shard).build(), 50);
        ReferenceProfile ofAll = firstProfile.plus(shard.profile());
        assertThat(ofAll.toJson()).containsPattern("\"name\":\"outcome\"[^}]*\"counts\":\\[150,");
    }

    @Test
    void false_alarms() {
        double expected = DriftPolicy.standard().expectedFalseAlarmsPerMonth(8, 10, 100_000, 500, Duration.ofHours(1));
        assertThat(expected).isLessThan(1.0 / 1_200);
    }

    @Test
    void compatibility() {
        double[] reference = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        double[] current = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        CompatibilityMode.Result result = CompatibilityMode.compare(reference, current);
        assertThat(result.severity()).isEqualTo(Severity.LOW);
    }

    @Test
    void changes_of_the_model() {
        List<String> prompts =
                IntStream.range(0, 10).mapToObj(i -> "prompt " + i).toList();
        ModelWatch watch = new ModelWatch(change -> pager.page(change));
        LlmOps watched = LlmOps.builder().listener(watch).build();

        ProbeSet probes =
                ProbeSet.baseline("openai", "gpt-4o", prompts, client::ask, String::equals, Clock.systemUTC());
        Optional<ModelWatch.Change> changed = probes.run(client::ask); // every hour, from a scheduler
        traffic(watched, 1);
        assertThat(changed).isEmpty();
        assertThat(pager.pages).isEmpty();
    }
}
