package dev.llmops.quality.cases;

import dev.llmops.core.io.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Files of cases in JSON lines: regression sets, and sets to evaluate and to fine-tune with.
 *
 * @since 0.1.0
 */
public final class CaseFiles {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> REQUIRED = List.of("id", "question", "answer", "versionSet");

    private CaseFiles() {}

    /**
     * Writes a regression set, which holds each case once. Cases that are in the file already stay as they are.
     *
     * @param file the file, which is made if it is absent
     * @param cases the cases to add
     * @return how many were added
     * @throws IOException if the file cannot be read or written
     */
    public static int add(Path file, List<RegressionCase> cases) throws IOException {
        Map<String, RegressionCase> all = new LinkedHashMap<>();
        if (Files.exists(file)) {
            read(file).forEach(known -> all.put(known.id(), known));
        }
        int before = all.size();
        cases.forEach(added -> all.putIfAbsent(added.id(), added));
        Files.write(file, all.values().stream().map(MAPPER::writeValueAsString).toList());
        return all.size() - before;
    }

    /**
     * Reads a regression set.
     *
     * @param file the file
     * @return the cases
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException naming the line that is no case
     */
    public static List<RegressionCase> read(Path file) throws IOException {
        List<String> lines = TextFile.read(file).lines().toList();
        List<RegressionCase> cases = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                cases.add(parse(lines.get(i), file, i + 1));
            }
        }
        return List.copyOf(cases);
    }

    private static RegressionCase parse(String line, Path file, int number) {
        try {
            JsonNode fields = MAPPER.readTree(line);
            for (String field : REQUIRED) {
                if (!fields.path(field).isString()) {
                    throw noCase(file, number, "it has no " + field, null);
                }
            }
            return MAPPER.treeToValue(fields, RegressionCase.class);
        } catch (JacksonException e) {
            throw noCase(file, number, e.getOriginalMessage(), e);
        }
    }

    private static IllegalArgumentException noCase(Path file, int number, String reason, @Nullable Exception cause) {
        return new IllegalArgumentException(
                file + ":" + number + ": the line is no regression case (" + reason + ") — JSON with " + REQUIRED
                        + " is needed — write cases with CaseFiles.add",
                cause);
    }

    /**
     * Writes the good cases whose users consented as chat messages, the customary form for fine-tuning, with the id of the
     * call, the version set, the feature and the consent as {@code metadata}.
     *
     * @param file the file, which is replaced
     * @param cases the cases
     * @return how many were written
     * @throws IOException if the file cannot be written
     */
    public static int writeFineTuning(Path file, List<RegressionCase> cases) throws IOException {
        return write(file, cases.stream().filter(known -> Boolean.TRUE.equals(known.consent())), known -> {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("messages", List.of(message("user", known.question()), message("assistant", known.answer())));
            return line;
        });
    }

    /**
     * Writes the good cases as an evaluation set: the input as chat messages, and the answer as {@code ideal}, with the id of
     * the call, the version set, the feature and the consent as {@code metadata}. Cases whose users refused are left out.
     *
     * @param file the file, which is replaced
     * @param cases the cases
     * @return how many were written
     * @throws IOException if the file cannot be written
     */
    public static int writeEvaluation(Path file, List<RegressionCase> cases) throws IOException {
        return write(file, cases.stream().filter(known -> !Boolean.FALSE.equals(known.consent())), known -> {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("input", List.of(message("user", known.question())));
            line.put("ideal", known.answer());
            return line;
        });
    }

    private static int write(
            Path file, Stream<RegressionCase> cases, Function<RegressionCase, Map<String, Object>> form)
            throws IOException {
        List<String> lines = cases.filter(RegressionCase::good)
                .map(known -> {
                    Map<String, Object> line = form.apply(known);
                    line.put("metadata", metadata(known));
                    return MAPPER.writeValueAsString(line);
                })
                .toList();
        Files.write(file, lines);
        return lines.size();
    }

    private static Map<String, Object> metadata(RegressionCase known) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("id", known.id());
        metadata.put("version_set", known.versionSet());
        if (known.feature() != null) {
            metadata.put("feature", known.feature());
        }
        if (known.consent() != null) {
            metadata.put("consent", known.consent());
        }
        return metadata;
    }

    private static Map<String, String> message(String role, String content) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }
}
