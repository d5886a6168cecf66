package dev.llmops.release.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.llmops.core.version.VersionSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptRegistryTest {

    private static final String TEXT = "Answer {{question}}\nfrom {{ passages }}, as JSON: {\"a\": {\"b\": 1}}\n";

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        write("answer.md", TEXT);
        write("judge/faithful.txt", "Is it faithful?\n");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    private PromptRegistry registry() {
        return PromptRegistry.builder(folder)
                .placeholders("answer", "question", "passages")
                .build();
    }

    @Test
    void a_prompt_is_named_by_its_path_without_the_ending() {
        assertThat(registry().current().prompts()).containsOnlyKeys("answer", "judge/faithful");
    }

    @Test
    void the_digest_is_that_of_the_file() {
        // printf 'Is it faithful?\n' | sha256sum
        assertThat(registry().current().prompt("judge/faithful").digest())
                .isEqualTo("add3f94cae778b04bafde8871eb9206f0f758954a0f14658615c2e87f3117251");
    }

    @Test
    void ends_of_lines_of_another_system_change_no_version() throws IOException {
        String version = registry().current().version();
        write("answer.md", TEXT.replace("\n", "\r\n"));
        assertThat(registry().current().version()).isEqualTo(version);
    }

    @Test
    void values_fill_the_placeholders_as_they_are() {
        Prompt prompt = registry().current().prompt("answer");
        assertThat(prompt.placeholders()).containsExactly("question", "passages");
        assertThat(prompt.render(Map.of("question", "$1 {{passages}}", "passages", "a\\b")))
                .isEqualTo("Answer $1 {{passages}}\nfrom a\\b, as JSON: {\"a\": {\"b\": 1}}\n");
    }

    @Test
    void a_value_too_few_or_too_many_is_refused() {
        Prompt prompt = registry().current().prompt("answer");
        assertThatThrownBy(() -> prompt.render(Map.of("question", "q", "user", "u")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no value for [passages] and no placeholder for [user]");
    }

    @Test
    void an_unknown_name_is_refused_with_the_known_ones() {
        assertThatThrownBy(() -> registry().current().prompt("anwser"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(anwser)")
                .hasMessageContaining("[answer, judge/faithful]");
    }

    @Test
    void all_problems_are_named_together_with_file_and_line() throws IOException {
        write("answer.md", "Answer\n{{quesiton}} {{open\nfrom {{passages}}\n");
        write("answer.txt", "another");
        write("blank.md", " \n");
        Files.write(folder.resolve("latin.md"), "für".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PromptRegistry.builder(folder)
                        .placeholders("answer", "question", "passages")
                        .placeholders("absent")
                        .build())
                .isInstanceOfSatisfying(
                        InvalidPromptsException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.replaceFirst(" — .*", ""))
                                .containsExactly(
                                        "answer.md:2: a placeholder is not closed ({{open)",
                                        "answer.txt: another file has the name of this prompt (answer, answer.md)",
                                        "blank.md: the prompt is blank (2 characters)",
                                        "latin.md: the file is no text in UTF-8"
                                                + " (java.nio.charset.MalformedInputException: Input length = 1)",
                                        "absent: there is no prompt of this name (absent)",
                                        "answer.md:2: the placeholder is not known (quesiton)",
                                        "answer.md: the placeholder is missing (question)"));
    }

    @Test
    void a_folder_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> PromptRegistry.builder(folder.resolve("none")).build())
                .isInstanceOf(InvalidPromptsException.class)
                .hasMessageContaining("the folder cannot be read");
    }

    @Test
    void hidden_files_are_no_prompts() throws IOException {
        write(".git/config", "{{");
        assertThat(registry().current().prompts()).hasSize(2);
    }

    @Test
    void a_changed_file_is_in_use_after_the_next_reading() throws IOException {
        PromptRegistry prompts = registry();
        write("judge/faithful.txt", "Is it faithful to the passages?\n");
        PromptRegistry.Reload reload = prompts.reload();
        assertThat(reload.isChanged()).isTrue();
        assertThat(prompts.current()).isSameAs(reload.now());
        assertThat(prompts.reload().isChanged()).isFalse();
    }

    @Test
    void a_folder_with_a_mistake_leaves_the_last_good_set_and_says_why_once() throws IOException {
        List<PromptRegistry.Reload> told = new ArrayList<>();
        PromptRegistry prompts = PromptRegistry.builder(folder)
                .placeholders("answer", "question", "passages")
                .onReload(told::add)
                .build();
        PromptSet good = prompts.current();
        write("answer.md", "Answer {{question}}");
        prompts.reload();
        prompts.reload();
        assertThat(prompts.current()).isSameAs(good);
        assertThat(told)
                .singleElement()
                .satisfies(reload -> assertThat(reload.problems())
                        .singleElement()
                        .asString()
                        .startsWith("answer.md: the placeholder is missing (passages)"));
    }

    @Test
    void a_folder_is_read_again_by_itself() throws IOException {
        try (PromptRegistry prompts = PromptRegistry.builder(folder)
                .reloadEvery(Duration.ofMillis(20))
                .build()) {
            String before = prompts.current().version();
            write("new.md", "New");
            await().until(() -> !prompts.current().version().equals(before));
            assertThat(prompts.current().prompt("new").text()).isEqualTo("New");
        }
    }

    @Test
    void a_pause_that_is_not_positive_is_refused() {
        assertThatThrownBy(() -> PromptRegistry.builder(folder).reloadEvery(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
    }

    @Test
    void the_version_is_the_part_prompt_of_a_version_set() {
        PromptSet prompts = registry().current();
        VersionSet versions = prompts.versionSet(
                VersionSet.builder().prompt("old").model("gpt-4o-2024-08-06").build());
        assertThat(versions.part("prompt")).contains(prompts.version());
        assertThat(versions.part("model")).contains("gpt-4o-2024-08-06");
    }

    @Test
    void a_difference_names_what_was_added_removed_and_changed() throws IOException {
        PromptRegistry prompts = registry();
        PromptSet before = prompts.current();
        write("answer.md", TEXT.replace("Answer", "Answer briefly"));
        Files.delete(folder.resolve("judge/faithful.txt"));
        write("new.md", "New");
        PromptSet now = prompts.reload().now();
        assertThat(now.diff(before)).isEqualTo("""
                        --- %s
                        +++ %s
                        @@ -1,2 +1,2 @@
                        -Answer {{question}}
                        +Answer briefly {{question}}
                         from {{ passages }}, as JSON: {"a": {"b": 1}}
                        --- %s
                        +++ /dev/null
                        @@ -1,1 +0,0 @@
                        -Is it faithful?
                        --- /dev/null
                        +++ %s
                        @@ -0,0 +1,1 @@
                        +New
                        """.formatted(
                before.prompt("answer"), now.prompt("answer"), before.prompt("judge/faithful"), now.prompt("new")));
        assertThat(now.diff(now)).isEmpty();
    }
}
