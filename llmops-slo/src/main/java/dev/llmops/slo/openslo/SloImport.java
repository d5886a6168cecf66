package dev.llmops.slo.openslo;

import dev.llmops.core.io.TextFile;
import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.file.ObjectiveSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Imports published objectives: OpenSLO v1 and v1alpha, Sloth, and Pyrra. Everything that can be represented is
 * imported, and everything else is named.
 *
 * <pre>{@code
 * SloImport.Result result = SloImport.read(Path.of("slos"));
 * result.notCarriedOver().forEach(System.err::println);
 * Files.writeString(Path.of("objectives.yml"), result.objectives().toYaml());
 * }</pre>
 *
 * <p>{@link OpenSlo#parse} is the strict reader of OpenSLO, which takes a document whole or not at all.
 *
 * @since 0.1.0
 */
public final class SloImport {

    /**
     * The outcome of an import.
     *
     * @param objectives the objectives that were imported
     * @param notCarriedOver one sentence for each part that was not, naming the object and its property
     */
    public record Result(ObjectiveSet objectives, List<String> notCarriedOver) {

        /** Copies the list. */
        public Result {
            notCarriedOver = List.copyOf(notCarriedOver);
        }
    }

    private SloImport() {}

    /**
     * Imports files, which may refer to objects of each other.
     *
     * @param path a file, or a directory whose {@code .yml}, {@code .yaml} and {@code .json} files are read, at any depth
     * @return the objectives, and what was not carried over
     * @throws IOException if a file cannot be read or is not UTF-8
     * @throws InvalidObjectivesException if a file is no YAML, or no objects are found
     */
    public static Result read(Path path) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        for (Path file : files(path)) {
            documents.addAll(Documents.read(TextFile.read(file), file.toString()));
        }
        return convert(documents, path.toString());
    }

    /**
     * Imports the text of such a file.
     *
     * @param yaml one object, a stream of objects, or a list, in YAML or JSON
     * @return the objectives, and what was not carried over
     * @throws InvalidObjectivesException if the text is no YAML, or holds no object
     */
    public static Result parse(String yaml) {
        return convert(Documents.read(yaml, "document"), "document");
    }

    private static Result convert(List<JsonNode> documents, String source) {
        Documents.requireAny(documents, source);
        List<JsonNode> openSlo = new ArrayList<>();
        OwnFormat own = new OwnFormat();
        for (JsonNode document : documents) {
            String version = document.path("apiVersion")
                    .asString(document.path("version").asString(""));
            if (version.equals("openslo/v1alpha")) {
                openSlo.add(V1Alpha.toV1(document));
            } else if (version.startsWith("openslo")) {
                openSlo.add(document);
            } else if (version.equals("prometheus/v1") || version.startsWith("sloth.slok.dev/")) {
                SlothImport.convert(document, own);
            } else if (version.startsWith("pyrra.dev/")) {
                PyrraImport.convert(document, own);
            } else {
                own.leftOut(name(document) + ": apiVersion is '" + version
                        + "' — known are openslo/v1, openslo/v1alpha, prometheus/v1, sloth.slok.dev/v1 and"
                        + " pyrra.dev/v1alpha1 — the object is left out");
            }
        }
        OpenSloImport.convert(openSlo, own);
        return own.result();
    }

    private static String name(JsonNode document) {
        return document.path("kind").asString("object") + " "
                + document.path("metadata").path("name").asString("without a name");
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        }
    }
}
