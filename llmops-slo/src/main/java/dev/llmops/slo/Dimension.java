package dev.llmops.slo;

import dev.llmops.core.record.CallInfo;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What calls can be filtered and grouped by. User ids are missing on purpose: they never become a label.
 *
 * @since 0.1.0
 */
public enum Dimension {
    /** The operation, such as {@code chat}. */
    OPERATION,
    /** The provider, such as {@code openai}. */
    PROVIDER,
    /** The model that was asked for. */
    MODEL,
    /** The tenant. */
    TENANT,
    /** The product feature. */
    FEATURE,
    /** The id of the version set. */
    VERSION_SET;

    /**
     * The label on metrics and the key in files.
     *
     * @return the name in lower case, such as {@code version_set}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What a call is by this dimension.
     *
     * @param call the call
     * @return its value; empty where it does not say
     */
    public String of(CallInfo call) {
        String value =
                switch (this) {
                    case OPERATION -> call.operation().name();
                    case PROVIDER -> call.provider();
                    case MODEL -> call.requestModel();
                    case TENANT -> call.tenant();
                    case FEATURE -> call.feature();
                    case VERSION_SET -> call.versionSet().id();
                };
        return value == null ? "" : value;
    }

    /** A copy that cannot be changed, in the order of the dimensions. */
    public static Map<Dimension, String> copyOf(Map<Dimension, String> group) {
        Map<Dimension, String> copy = new EnumMap<>(Dimension.class);
        copy.putAll(group);
        return Collections.unmodifiableMap(copy);
    }
}
