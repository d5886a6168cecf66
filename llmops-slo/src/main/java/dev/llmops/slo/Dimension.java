package dev.llmops.slo;

import dev.llmops.core.record.CallInfo;
import dev.llmops.slo.internal.Names;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A property that calls are filtered and grouped by: one of the constants, or a free label such as {@code region} that
 * the process or Prometheus adds. There is no constant for user ids, which must never become a label.
 *
 * @since 0.1.0
 */
public final class Dimension implements Comparable<Dimension> {

    /** The operation, such as {@code chat}. */
    public static final Dimension OPERATION = new Dimension("operation", 0);

    /** The provider, such as {@code openai}. */
    public static final Dimension PROVIDER = new Dimension("provider", 1);

    /** The requested model. */
    public static final Dimension MODEL = new Dimension("model", 2);

    /** The tenant. */
    public static final Dimension TENANT = new Dimension("tenant", 3);

    /** The product feature. */
    public static final Dimension FEATURE = new Dimension("feature", 4);

    /** The id of the version set. */
    public static final Dimension VERSION_SET = new Dimension("version_set", 5);

    private static final List<Dimension> OF_CALLS = List.of(OPERATION, PROVIDER, MODEL, TENANT, FEATURE, VERSION_SET);
    private static final int FREE = OF_CALLS.size();

    private final String label;
    private final int order;

    private Dimension(String label, int order) {
        this.label = label;
        this.order = order;
    }

    /**
     * Returns the dimension of a label.
     *
     * @param label the label of a constant, or any other Prometheus label such as {@code cluster}
     * @return the constant, or a free label
     * @throws IllegalArgumentException if the name cannot be a Prometheus label, or the rules set it themselves
     */
    public static Dimension of(String label) {
        for (Dimension dimension : OF_CALLS) {
            if (dimension.label.equals(label)) {
                return dimension;
            }
        }
        if (!Names.isPrometheusLabel(label) || Names.isSetByRules(label) || label.equals("user")) {
            throw new IllegalArgumentException(
                    "cannot be '" + label + "' — allowed are " + OF_CALLS
                            + " and labels of your own such as region, but not slo, verdict, severity, le and user — rename it");
        }
        return new Dimension(label, FREE);
    }

    /**
     * Returns the dimensions that every call has.
     *
     * @return the constants, in their order
     */
    public static List<Dimension> ofCalls() {
        return OF_CALLS;
    }

    /**
     * Returns the label on metrics, which is also the key in files.
     *
     * @return the label, such as {@code version_set}
     */
    public String label() {
        return label;
    }

    /**
     * Returns true if calls do not know the value, but the process or Prometheus does.
     *
     * @return false for the constants
     */
    public boolean isFree() {
        return order == FREE;
    }

    /**
     * Returns the value of a call in this dimension.
     *
     * @param call the call
     * @return the value; empty where the call does not say, and for free labels
     */
    public String of(CallInfo call) {
        String value =
                switch (order) {
                    case 0 -> call.operation().name();
                    case 1 -> call.provider();
                    case 2 -> call.requestModel();
                    case 3 -> call.tenant();
                    case 4 -> call.feature();
                    case 5 -> call.versionSet().id();
                    default -> "";
                };
        return value == null ? "" : value;
    }

    /** Copies a group; the result is unmodifiable and in the order of the dimensions. */
    static Map<Dimension, String> copyOf(Map<Dimension, String> group) {
        return Collections.unmodifiableMap(new TreeMap<>(group));
    }

    @Override
    public int compareTo(Dimension other) {
        return order == other.order ? label.compareTo(other.label) : Integer.compare(order, other.order);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Dimension dimension && dimension.label.equals(label);
    }

    @Override
    public int hashCode() {
        return label.hashCode();
    }

    @Override
    public String toString() {
        return label;
    }
}
