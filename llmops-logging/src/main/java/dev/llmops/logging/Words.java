package dev.llmops.logging;

import java.util.Locale;

/** Words of records that come from closed lists. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
