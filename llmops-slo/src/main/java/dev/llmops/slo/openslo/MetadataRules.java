package dev.llmops.slo.openslo;

import dev.llmops.slo.internal.ConfigNode;
import java.util.regex.Pattern;

/** The rules of OpenSLO v1 for names, labels and annotations. */
final class MetadataRules {

    static final int MAX_DESCRIPTION = 1050;
    private static final int MAX_DISPLAY_NAME = 63;
    private static final Pattern LABEL_KEY = Pattern.compile("[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?");
    private static final Pattern ANNOTATION_KEY_LENGTH = Pattern.compile("(.{0,253}/)?.{0,63}");
    private static final Pattern ANNOTATION_KEY = Pattern.compile(
            "([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*/)?" + LABEL_KEY.pattern());

    private MetadataRules() {}

    static void check(ConfigNode metadata) {
        if (!Require.present(metadata)) {
            return;
        }
        ConfigNode name = metadata.get("name");
        if (Require.present(name)) {
            Require.dnsLabel(name);
        }
        Require.maxLength(metadata.get("displayName"), MAX_DISPLAY_NAME);
        ConfigNode labels = metadata.get("labels");
        for (String key : labels.keys()) {
            if (!LABEL_KEY.matcher(key).matches()) {
                labels.get(key)
                        .problem(
                                "string_match_regexp",
                                "is no label key — at most 63 letters, digits, '.', '_' and '-', with a letter or digit"
                                        + " at both ends");
            }
        }
        ConfigNode annotations = metadata.get("annotations");
        for (String key : annotations.keys()) {
            if (!ANNOTATION_KEY_LENGTH.matcher(key).matches()
                    || !ANNOTATION_KEY.matcher(key).matches()) {
                annotations
                        .get(key)
                        .problem(
                                "string_match_regexp", "is no annotation key — such as my-domain.org/my-key or my-key");
            }
        }
    }

    static void description(ConfigNode spec) {
        Require.maxLength(spec.get("description"), MAX_DESCRIPTION);
    }
}
