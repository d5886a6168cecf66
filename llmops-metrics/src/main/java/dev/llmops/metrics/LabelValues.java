package dev.llmops.metrics;

import dev.llmops.core.record.Outcome;
import java.util.Locale;

/** Values of labels with a closed set of values. */
final class LabelValues {

    private static final String SUCCESS = "success";
    private static final String ERROR = "error";

    private LabelValues() {}

    /** The label {@code status} of a call. */
    static String of(Outcome outcome) {
        return outcome.status();
    }

    /** The label {@code status} of a tool. */
    static String ofTool(boolean success) {
        return success ? SUCCESS : ERROR;
    }

    /** Any other closed set: the constant's name in lower case. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
