package dev.llmops.slo.openslo;

import dev.llmops.core.io.TextFile;
import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.internal.ConfigNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Objectives from OpenSLO v1 documents, and back.
 *
 * <p>OpenSLO has no words for what an objective knows beyond a ratio of two queries: its indicator in process, filters,
 * groups, the evaluation delay, alerts of two windows. These travel in the annotation {@value #ANNOTATION}, so that what
 * is written here is read back whole. What a document says and an objective cannot is an error that names the property,
 * and is never dropped.
 *
 * @since 0.1.0
 */
public final class OpenSlo {

    /** The annotation, in the JSON form of the module's own file format, for what OpenSLO cannot say: {@value}. */
    public static final String ANNOTATION = "llmops.dev/objective";

    private OpenSlo() {}

    /**
     * Checks documents against the rules of OpenSLO v1, whether or not they can become objectives.
     *
     * @param yaml one object, a stream of objects, or a list, in YAML or JSON
     * @return all problems, warnings among them
     * @throws InvalidObjectivesException if the text is no YAML
     */
    public static List<Problem> validate(String yaml) {
        List<Problem> problems = new ArrayList<>();
        Documents.read(yaml, "document").forEach(document -> problems.addAll(OpenSloValidator.check(document)));
        return List.copyOf(problems);
    }

    /**
     * Reads the SLOs of a file.
     *
     * @param file the file, UTF-8
     * @return one objective for each objective of each SLO
     * @throws IOException if the file cannot be read
     * @throws InvalidObjectivesException naming every property that breaks a rule or cannot be represented
     */
    public static ObjectiveSet read(Path file) throws IOException {
        return parse(TextFile.read(file));
    }

    /**
     * Reads the SLOs of documents; SLIs and data sources that they refer to must be among them.
     *
     * @param yaml one object, a stream of objects, or a list
     * @return one objective for each objective of each SLO
     * @throws InvalidObjectivesException naming every property that breaks a rule or cannot be represented
     */
    public static ObjectiveSet parse(String yaml) {
        List<JsonNode> documents = Documents.read(yaml, "document");
        Documents.requireAny(documents, "document");
        return OpenSloImport.read(documents);
    }

    /**
     * Writes objectives as a stream of SLO objects.
     *
     * @param objectives the objectives
     * @return YAML that {@link #parse} reads back as the same objectives
     * @throws InvalidObjectivesException naming every property that OpenSLO cannot represent, such as event rules
     */
    public static String write(ObjectiveSet objectives) {
        return OpenSloExport.write(objectives);
    }

    /**
     * Something that a document does not say as OpenSLO v1 wants it said.
     *
     * @param object kind and name of the object, such as {@code SLO web-availability}
     * @param path the property, such as {@code spec.objectives[0].target}
     * @param rule the rule in a word, such as {@code required}
     * @param message the rule, the value and the remedy
     * @param isWarning true if the document is taken all the same
     */
    public record Problem(String object, String path, String rule, String message, boolean isWarning) {

        static Problem of(ConfigNode.Problem problem) {
            return new Problem(
                    problem.object(), problem.path(), problem.rule(), problem.message(), problem.isWarning());
        }

        @Override
        public String toString() {
            return object + ": " + path + " " + message;
        }
    }
}
