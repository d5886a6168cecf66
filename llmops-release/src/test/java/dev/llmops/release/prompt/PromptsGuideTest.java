package dev.llmops.release.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.core.version.VersionSet;
import dev.llmops.release.arm.VersionSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/prompts.md. */
class PromptsGuideTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops =
            LlmOps.builder().detectVersions(false).listener(seen).build();

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("answer.md"), "Answer {{question}}\nfrom these passages: {{passages}}\n");
    }

    @Test
    void a_call_has_the_version_of_its_prompt() {
        PromptRegistry prompts = PromptRegistry.builder(folder)
                .placeholders("answer", "question", "passages")
                .reloadEvery(Duration.ofSeconds(10))
                .onReload(reload -> reload.problems().forEach(System.err::println))
                .build();

        PromptSet current = prompts.current();
        String text = current.prompt("answer").render(Map.of("question", "How long?", "passages", "Five days."));
        try (LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .versionSet(current.versionSet(llmops.versionSet()))
                .start()) {
            call.usage(TokenUsage.inclusive(12, 3)).finish("stop");
        }

        prompts.close();
        assertThat(text).isEqualTo("Answer How long?\nfrom these passages: Five days.\n");
        assertThat(seen.onlyRecord().info().versionSet().part("prompt")).contains(current.version());
    }

    @Test
    void two_sets_are_the_arms_of_a_release() throws IOException {
        PromptSet baseline = PromptRegistry.builder(folder).build().current();
        Files.writeString(folder.resolve("answer.md"), "Answer {{question}} briefly\nfrom {{passages}}\n");
        PromptSet candidate = PromptRegistry.builder(folder).build().current();

        String diff = candidate.diff(baseline);

        VersionSet others = VersionSet.builder().model("gpt-4o-2024-08-06").build();
        VersionSwitch release = VersionSwitch.builder(
                        "prompts-" + candidate.version(), baseline.versionSet(others), candidate.versionSet(others))
                .build();

        assertThat(diff).contains("-Answer {{question}}\n", "+Answer {{question}} briefly\n");
        assertThat(release.assign("conversation-1").versionSet()).isEqualTo(baseline.versionSet(others));
        assertThat(release.candidate()).isEqualTo(candidate.versionSet(others));
    }

    @Test
    void the_version_of_a_set_is_made_of_the_digests_as_sha256sum_prints_them() throws IOException {
        Files.createDirectories(folder.resolve("judge"));
        Files.writeString(folder.resolve("judge/faithful.md"), "Is it faithful?\n");
        PromptSet prompts = PromptRegistry.builder(folder).build().current();
        assertThat(prompts.version()).isEqualTo("8fd5432f5022");
    }
}
