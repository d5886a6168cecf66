package dev.llmops.redaction;

import dev.llmops.core.record.CallInfo;
import dev.llmops.redaction.detect.Finding;
import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.scan.Detection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that are known to be private before any text is read: the ids of a call's user, tenant and request. An id shorter
 * than {@value #SHORTEST} characters is not sought, since it stands in every text.
 */
final class KnownValues {

    static final KnownValues NONE = new KnownValues(Map.of());
    private static final int SHORTEST = 3;

    private final Map<String, String> types;

    private KnownValues(Map<String, String> types) {
        this.types = types;
    }

    static KnownValues of(CallInfo call) {
        Map<String, String> types = new LinkedHashMap<>();
        add(types, call.user(), PiiTypes.USER_ID);
        add(types, call.tenant(), PiiTypes.TENANT_ID);
        add(types, call.requestId(), PiiTypes.REQUEST_ID);
        return types.isEmpty() ? NONE : new KnownValues(types);
    }

    private static void add(Map<String, String> types, @Nullable String id, String type) {
        if (id != null && id.length() >= SHORTEST) {
            types.putIfAbsent(id, type);
        }
    }

    boolean isEmpty() {
        return types.isEmpty();
    }

    /** Returns the findings with those of the known values. */
    List<Finding> in(String text, List<Finding> findings) {
        if (types.isEmpty()) {
            return findings;
        }
        List<Finding> all = new ArrayList<>(findings);
        types.forEach((value, type) -> addAll(all, text, value, type));
        return all.size() == findings.size() ? findings : Detection.merged(all);
    }

    private static void addAll(List<Finding> all, String text, String value, String type) {
        for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length())) {
            int end = at + value.length();
            boolean glued = at > 0
                    && Character.isLetterOrDigit(text.charAt(at - 1))
                    && Character.isLetterOrDigit(value.charAt(0));
            boolean goesOn = end < text.length()
                    && Character.isLetterOrDigit(text.charAt(end))
                    && Character.isLetterOrDigit(value.charAt(value.length() - 1));
            if (!glued && !goesOn) {
                all.add(new Finding(type, at, end));
            }
        }
    }
}
