package dev.llmops.report.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.release.evidence.LogEvidence;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One reading of a log gives evidence and requests. */
class RequestSampleTest {

    @TempDir
    static Path folder;

    private static BadRelease release;
    private static List<String> lines;

    @BeforeAll
    static void live_through_a_bad_release() {
        release = new BadRelease(folder, 1_000);
        lines = release.lines().toList();
    }

    private static EvidencePack pack(RequestSample sample) {
        return EvidencePack.builder(BadRelease.POLICY, BadRelease.PROFILE, release.evidence, release.situation)
                .redactor("none", UnaryOperator.identity())
                .requests(sample)
                .build();
    }

    @Test
    void evidence_and_requests_of_one_reading_give_the_pack_of_two() {
        EvidencePack ofTwo = EvidencePack.builder(
                        BadRelease.POLICY, BadRelease.PROFILE, release.evidence, release.situation)
                .redactor("none", UnaryOperator.identity())
                .log(lines.stream(), EvidencePackBuilder.DEFAULT_REQUESTS)
                .build();
        EvidencePackBuilder ofOne = EvidencePack.ofLog(
                "support-v13",
                BadRelease.POLICY,
                BadRelease.PROFILE,
                release.situation,
                new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8)));

        assertThat(ofOne.evidence()).isEqualTo(release.evidence);
        assertThat(ofOne.redactor("none", UnaryOperator.identity()).build().digest())
                .isEqualTo(ofTwo.digest());
        assertThat(ofTwo.text("requests.jsonl").lines()).hasSizeBetween(100, 200);
        assertThat(ofTwo.text("feedback.jsonl").lines()).hasSizeGreaterThan(100);
    }

    @Test
    void requests_are_the_same_in_any_order_of_the_log() {
        List<String> shuffled = new ArrayList<>(lines);
        shuffled.removeIf(line -> line.contains("llmops.feedback"));
        EvidencePack before = pack(shown(shuffled));
        Collections.shuffle(shuffled, new Random(1));

        assertThat(pack(shown(shuffled)).text("requests.jsonl")).isEqualTo(before.text("requests.jsonl"));
    }

    private static RequestSample shown(List<String> log) {
        RequestSample sample = new RequestSample(40);
        LogEvidence.show("support-v13", log.stream(), sample);
        return sample;
    }

    @Test
    void a_copy_of_a_call_takes_no_place_of_another() {
        List<String> twice = new ArrayList<>(lines);
        twice.addAll(lines);

        assertThat(shown(twice).requests()).isEqualTo(shown(lines).requests());
    }

    @Test
    void lines_with_what_no_call_has_are_no_requests() {
        String call = lines.stream()
                .filter(line -> line.contains("llmops.call/1"))
                .findFirst()
                .orElseThrow();
        RequestSample sample = shown(List.of(
                call.replaceFirst("\"sample_rate\":1.0", "\"sample_rate\":0"),
                call.replaceFirst("\"total\":[0-9.]+", "\"total\":1e300"),
                call.replaceFirst("\"timestamp\":\"[^\"]+\"", "\"timestamp\":\"soon\""),
                call + " and more"));

        assertThat(sample.requests()).hasSize(1);
        assertThat(sample.counts())
                .isEqualTo(Map.of(
                        "calls", 1L, "calls_kept", 1, "feedback_kept", 0, "calls_with_feedback_kept_ratio", 1.0));
    }
}
