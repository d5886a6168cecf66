package dev.llmops.quality.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Files of cases in JSON lines: regression sets, and sets to fine-tune with.
 *
 * @since 0.1.0
 */
public final class CaseFiles {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

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
        List<String> lines = Files.readAllLines(file);
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
            return MAPPER.readValue(line, RegressionCase.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    file + " line " + number + " is not a regression case: " + e.getOriginalMessage()
                            + "; write cases with CaseFiles.add",
                    e);
        }
    }

    /**
     * Writes the good cases whose users consented as chat messages, the customary form for fine-tuning.
     *
     * @param file the file, which is replaced
     * @param cases the cases
     * @return how many were written
     * @throws IOException if the file cannot be written
     */
    public static int writeFineTuning(Path file, List<RegressionCase> cases) throws IOException {
        List<String> lines = cases.stream()
                .filter(known -> known.good() && Boolean.TRUE.equals(known.consent()))
                .map(known -> MAPPER.writeValueAsString(Map.of(
                        "messages", List.of(message("user", known.question()), message("assistant", known.answer())))))
                .toList();
        Files.write(file, lines);
        return lines.size();
    }

    private static Map<String, String> message(String role, String content) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }
}
