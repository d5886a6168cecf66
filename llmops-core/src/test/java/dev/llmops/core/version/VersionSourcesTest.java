package dev.llmops.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmOps;
import dev.llmops.core.LlmOpsBuilder;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionSourcesTest {

    @TempDir
    private Path dir;

    private final List<String> problems = new ArrayList<>();

    private VersionSet detect(Map<String, String> environment) throws IOException {
        try (URLClassLoader classPath = classPath()) {
            return VersionSources.detect(environment, classPath, problems);
        }
    }

    private URLClassLoader classPath() throws MalformedURLException {
        return new URLClassLoader(new URL[] {dir.toUri().toURL()}, null);
    }

    private Path write(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void without_any_source_the_set_is_empty_and_nothing_is_wrong() throws IOException {
        assertThat(detect(Map.of("PATH", "/bin"))).isEqualTo(VersionSet.empty());
        assertThat(problems).isEmpty();
    }

    @Test
    void the_environment_names_parts_and_extras() throws IOException {
        assertThat(detect(Map.of("LLMOPS_VERSION_CODE", " 1.4.2 ", "LLMOPS_VERSION_LORA_ADAPTER", "a7")))
                .isEqualTo(VersionSet.builder()
                        .code("1.4.2")
                        .part("lora_adapter", "a7")
                        .build());
    }

    @Test
    void a_blank_variable_counts_as_unset() throws IOException {
        assertThat(detect(Map.of("LLMOPS_VERSION_CODE", "", "LLMOPS_VERSIONS_FILE", " ")))
                .isEqualTo(VersionSet.empty());
        assertThat(problems).isEmpty();
    }

    @Test
    void a_file_names_parts_in_utf_8() throws IOException {
        Path file = write("versions.properties", "# by the release job\nprompt = größe-v2\nindex=v2025.12.24.01\n");
        assertThat(detect(Map.of("LLMOPS_VERSIONS_FILE", file.toString())))
                .isEqualTo(VersionSet.builder()
                        .prompt("größe-v2")
                        .index("v2025.12.24.01")
                        .build());
    }

    @Test
    void build_information_names_the_code() throws IOException {
        write("META-INF/build-info.properties", "build.artifact=shop\nbuild.version=2.0.1\n");
        write("git.properties", "git.commit.id.abbrev=abc1234\n");
        assertThat(detect(Map.of()))
                .isEqualTo(VersionSet.builder().code("2.0.1").build());
    }

    @Test
    void without_a_build_version_the_commit_is_the_code() throws IOException {
        write("META-INF/build-info.properties", "build.version=@project.version@\n");
        write("git.properties", "git.commit.id.abbrev=abc1234\n");
        assertThat(detect(Map.of()))
                .isEqualTo(VersionSet.builder().code("abc1234").build());
    }

    @Test
    void of_several_sources_the_first_that_knows_a_part_wins() throws IOException {
        write("META-INF/build-info.properties", "build.version=from-build\n");
        Path file = write("versions.properties", "code=from-file\nprompt=from-file\nmodel=from-file\n");
        assertThat(detect(Map.of("LLMOPS_VERSIONS_FILE", file.toString(), "LLMOPS_VERSION_PROMPT", "from-env")))
                .isEqualTo(VersionSet.builder()
                        .code("from-file")
                        .prompt("from-env")
                        .model("from-file")
                        .build());
    }

    @Test
    void a_file_that_is_not_there_is_named_with_the_rule_and_the_remedy() throws IOException {
        assertThat(detect(Map.of("LLMOPS_VERSIONS_FILE", "/no/such", "LLMOPS_VERSION_CODE", "1")))
                .isEqualTo(VersionSet.builder().code("1").build());
        assertThat(problems)
                .containsExactly("LLMOPS_VERSIONS_FILE cannot be read ('/no/such': NoSuchFileException)"
                        + " — a properties file in UTF-8 is allowed — correct or unset it");
    }

    @Test
    void everything_wrong_is_reported_at_once() throws IOException {
        Path file = write("versions.properties", "prompt=\n");
        write("META-INF/build-info.properties", "build.version=\\u12\n");
        detect(Map.of("LLMOPS_VERSIONS_FILE", file.toString(), "LLMOPS_VERSION_", "1"));
        assertThat(problems)
                .containsExactly(
                        "versionSet part name is blank or holds '=' ('') — other text is allowed — pass e.g. prompt"
                                + " (from environment variable LLMOPS_VERSION_)",
                        "versionSet.prompt is blank ('') — other text is allowed — leave the part out if it is unknown"
                                + " (from 'prompt' in the file " + file + ")",
                        "META-INF/build-info.properties on the class path cannot be read (IllegalArgumentException)"
                                + " — a properties file in UTF-8 is allowed"
                                + " — rebuild it or call detectVersions(false)");
    }

    @Test
    void the_built_object_fills_missing_parts_from_the_sources_unless_told_not_to() throws IOException {
        write("META-INF/build-info.properties", "build.version=2.0.1\n");
        VersionSet prompt = VersionSet.builder().prompt("p1").build();
        assertThat(withClassPath(() -> built(LlmOps.builder().versionSet(prompt))))
                .isEqualTo(VersionSet.builder().code("2.0.1").prompt("p1").build());
        assertThat(withClassPath(() -> built(LlmOps.builder().versionSet(prompt).detectVersions(false))))
                .isEqualTo(prompt);
    }

    @Test
    void problems_of_the_sources_and_of_the_settings_are_reported_together() throws IOException {
        write("git.properties", "git.commit.id.abbrev=\\u12\n");
        assertThatThrownBy(() ->
                        withClassPath(() -> built(LlmOps.builder().recentCalls(-1, LlmOps.DEFAULT_ABANDON_AFTER))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "recentCalls is out of range", "git.properties on the class path cannot be read");
    }

    private static VersionSet built(LlmOpsBuilder builder) {
        try (LlmOps llmops = builder.build()) {
            return llmops.versionSet();
        }
    }

    private VersionSet withClassPath(java.util.function.Supplier<VersionSet> code) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        try (URLClassLoader classPath = classPath()) {
            thread.setContextClassLoader(classPath);
            return code.get();
        } finally {
            thread.setContextClassLoader(former);
        }
    }
}
