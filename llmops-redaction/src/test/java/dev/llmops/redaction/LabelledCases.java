package dev.llmops.redaction;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmops.redaction.detect.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Texts with labelled values. */
public final class LabelledCases {

    private static final Path FOLDER = Path.of(System.getProperty("llmops.cases", "cases"), "redaction");
    private static final ObjectMapper JSON = new ObjectMapper();

    private LabelledCases() {}

    public static List<JsonNode> lines(String file) {
        assumeTrue(Files.isDirectory(FOLDER), "no cases at " + FOLDER);
        return read(FOLDER.resolve(file));
    }

    /** The cases of this project: values of its own making, labelled by the rule and not by what is found. */
    static List<JsonNode> own() {
        return resource("/redaction-cases.jsonl");
    }

    private static List<JsonNode> resource(String name) {
        try {
            return read(Path.of(LabelledCases.class.getResource(name).toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everyday texts of this project's own. */
    static List<JsonNode> everyday() {
        return resource("/everyday-cases.jsonl");
    }

    /** Everyday texts that were found in use. */
    static List<JsonNode> found() {
        assumeTrue(Files.isDirectory(FOLDER), "no cases at " + FOLDER);
        return read(FOLDER.resolveSibling("found").resolve("redaction.jsonl"));
    }

    private static List<JsonNode> read(Path file) {
        try {
            return Files.readAllLines(file).stream().map(JSON::readTree).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cases that this project promises to get right; files without a scope are such as a whole. */
    static List<JsonNode> core(String file) {
        return lines(file).stream()
                .filter(row -> row.path("scope").asString("core").equals("core"))
                .toList();
    }

    static String text(JsonNode row) {
        return row.get("text").asString();
    }

    static List<Label> labels(JsonNode row, String list) {
        return StreamSupport.stream(row.path(list).spliterator(), false)
                .map(Label::of)
                .toList();
    }

    /** A labelled span. */
    record Label(String type, int start, int end, boolean optional) {

        private static Label of(JsonNode node) {
            return new Label(
                    node.get("type").asString(),
                    node.get("start").asInt(),
                    node.get("end").asInt(),
                    node.path("optional").asBoolean(false));
        }

        boolean isCoveredBy(Finding finding) {
            return sameFamily(finding) && finding.start() <= start && finding.end() >= end;
        }

        boolean touches(Finding finding) {
            return sameFamily(finding) && finding.start() < end && start < finding.end();
        }

        private boolean sameFamily(Finding finding) {
            return family(type).equals(family(finding.type()));
        }
    }

    /** Names differ between sources; what counts is the kind of data. */
    static String family(String type) {
        return switch (type) {
            case "CREDIT_CARD", "CN_BANK_CARD", "LUHN" -> "CARD";
            case "PHONE", "CN_MOBILE" -> "PHONE";
            case "API_KEY", "JWT", "PRIVATE_KEY", "BEARER", "SECRET_ASSIGNMENT", "URL_CREDENTIALS", "ANY_SECRET" ->
                "SECRET";
            default -> type;
        };
    }
}
