package dev.llmops.redaction.internal.scan;

import dev.llmops.redaction.detect.PiiDetector;
import dev.llmops.redaction.internal.personal.NumberingPlans;
import dev.llmops.redaction.internal.personal.PhoneCheck;
import java.util.Collection;

/** The one place that reaches for libraries which may be absent. */
public final class OptionalLibraries {

    private OptionalLibraries() {}

    public static PiiDetector expression(String type, String expression) {
        require("com.google.re2j.Pattern", "rule " + type, "com.google.re2j:re2j");
        return ExpressionDetector.compile(type, expression);
    }

    public static PhoneCheck phoneNumbers(Collection<String> regions) {
        require(
                "com.google.i18n.phonenumbers.PhoneNumberUtil",
                "phoneRegions " + regions,
                "com.googlecode.libphonenumber:libphonenumber");
        return NumberingPlans.of(regions);
    }

    private static void require(String className, String setting, String artifact) {
        try {
            Class.forName(className, false, OptionalLibraries.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    setting + " needs a library that is missing (" + artifact
                            + ") — it must be on the class path — add it",
                    e);
        }
    }
}
