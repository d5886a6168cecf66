package dev.llmops.slo.openslo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Checks any OpenSLO v1 object by itself. */
final class OpenSloValidator {

    /** The version that is read and written: {@value}. */
    static final String API_VERSION = "openslo/v1";

    private OpenSloValidator() {}

    static List<OpenSloProblem> check(JsonNode document) {
        List<OpenSloProblem> problems = new ArrayList<>();
        Property root = root(document, problems);
        if (!document.isObject()) {
            root.problem("object", "is " + document + " — a mapping");
            return problems;
        }
        Property version = root.get("apiVersion");
        if (version.require()) {
            version.equalTo(API_VERSION);
        }
        MetadataRules.check(root.get("metadata"));
        Property spec = root.get("spec");
        switch (root.get("kind").text()) {
            case "SLO" -> checkSpec(spec, SloRules::check);
            case "SLI" -> checkSpec(spec, SliRules::check);
            case "AlertPolicy" -> checkSpec(spec, AlertRules::policy);
            case "AlertCondition" -> checkSpec(spec, AlertRules::condition);
            case "AlertNotificationTarget" -> checkSpec(spec, AlertRules::target);
            case "DataSource" -> checkSpec(spec, OpenSloValidator::dataSource);
            case "Service" -> MetadataRules.description(spec);
            default ->
                root.get("kind")
                        .oneOf(
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

    static Property root(JsonNode document, List<OpenSloProblem> problems) {
        String kind = document.path("kind").asString("object");
        String name = document.path("metadata").path("name").asString("without a name");
        return new Property(document, "", kind + " " + name, problems::add);
    }

    private static void checkSpec(Property spec, Consumer<Property> rules) {
        if (spec.require()) {
            rules.accept(spec);
        }
    }

    private static void dataSource(Property spec) {
        MetadataRules.description(spec);
        spec.get("type").require();
        spec.get("connectionDetails").require();
    }
}
