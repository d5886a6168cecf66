package dev.llmops.slo.openslo;

import dev.llmops.slo.internal.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Checks any OpenSLO v1 object by itself. */
final class OpenSloValidator {

    /** The version that is read and written: {@value}. */
    static final String API_VERSION = "openslo/v1";

    private OpenSloValidator() {}

    static List<OpenSlo.Problem> check(JsonNode document) {
        List<OpenSlo.Problem> problems = new ArrayList<>();
        ConfigNode root = root(document, problems);
        if (!document.isObject()) {
            root.problem("object", "is " + document + " — a mapping");
            return problems;
        }
        ConfigNode version = root.get("apiVersion");
        if (Require.present(version)) {
            Require.equalTo(version, API_VERSION);
        }
        MetadataRules.check(root.get("metadata"));
        ConfigNode spec = root.get("spec");
        switch (root.get("kind").text()) {
            case "SLO" -> checkSpec(spec, SloRules::check);
            case "SLI" -> checkSpec(spec, SliRules::check);
            case "AlertPolicy" -> checkSpec(spec, AlertRules::policy);
            case "AlertCondition" -> checkSpec(spec, AlertRules::condition);
            case "AlertNotificationTarget" -> checkSpec(spec, AlertRules::target);
            case "DataSource" -> checkSpec(spec, OpenSloValidator::dataSource);
            case "Service" -> MetadataRules.description(spec);
            default ->
                Require.oneOf(
                        root.get("kind"),
                        "SLO",
                        "SLI",
                        "AlertPolicy",
                        "AlertCondition",
                        "AlertNotificationTarget",
                        "DataSource",
                        "Service");
        }
        return problems;
    }

    static ConfigNode root(JsonNode document, List<OpenSlo.Problem> problems) {
        String kind = document.path("kind").asString("object");
        String name = document.path("metadata").path("name").asString("without a name");
        return ConfigNode.root(document, kind + " " + name, problem -> problems.add(OpenSlo.Problem.of(problem)));
    }

    private static void checkSpec(ConfigNode spec, Consumer<ConfigNode> rules) {
        if (Require.present(spec)) {
            rules.accept(spec);
        }
    }

    private static void dataSource(ConfigNode spec) {
        MetadataRules.description(spec);
        Require.present(spec.get("type"));
        Require.present(spec.get("connectionDetails"));
    }
}
