package dev.llmops.redaction;

import dev.llmops.redaction.detect.Finding;
import dev.llmops.redaction.detect.PiiDetector;
import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.personal.PhoneCheck;
import dev.llmops.redaction.internal.scan.OptionalLibraries;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects the settings of a {@link Redactor}. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class RedactorBuilder {

    final Map<String, Replacement> replacements = new HashMap<>();
    final Set<String> ignored = new HashSet<>();
    private final List<PiiDetector> detectors = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    Replacement defaultReplacement = Replacement.label();
    private final Set<String> phoneRegions = new LinkedHashSet<>();
    private final Set<String> countries = new LinkedHashSet<>();
    int maxLength = Redactor.DEFAULT_MAX_LENGTH;
    Clock clock = Clock.systemUTC();

    RedactorBuilder() {}

    /**
     * Sets the replacement of values of one type; the last call for a type wins.
     *
     * @param type the type, in the form of {@link Finding#type()}
     * @param replacement what replaces its values
     * @return this builder
     */
    public RedactorBuilder replacement(String type, Replacement replacement) {
        replacements.put(type, replacement);
        return this;
    }

    /**
     * Sets the replacement of values of all other types. Default: {@link Replacement#label()}.
     *
     * @param replacement what replaces values
     * @return this builder
     */
    public RedactorBuilder defaultReplacement(Replacement replacement) {
        this.defaultReplacement = replacement;
        return this;
    }

    /**
     * Leaves values of these types in the text, also those that a detector or rule finds. Default: none is left.
     *
     * @param types types not to report, in the form of {@link Finding#type()}; adds to those named before
     * @return this builder
     */
    public RedactorBuilder ignore(String... types) {
        ignored.addAll(List.of(types));
        return this;
    }

    /**
     * Adds a detector to the built-in ones. Default: none.
     *
     * @param detector sees every text; must be thread-safe
     * @return this builder
     */
    public RedactorBuilder detector(PiiDetector detector) {
        detectors.add(detector);
        return this;
    }

    /**
     * Adds a custom rule. Default: none. It runs on RE2/J, which is linear in the text for any expression; {@code
     * com.google.re2j:re2j} must be on the class path. Without look-around and back references.
     *
     * @param type the type of what it finds, in the form of {@link Finding#type()}
     * @param expression the regular expression; every match is a finding, or its first group where it has one
     * @return this builder
     */
    public RedactorBuilder rule(String type, String expression) {
        rules.add(new Rule(type, expression));
        return this;
    }

    /**
     * Sets the regions whose national telephone numbers are found without a plus sign or a word before them, by the
     * numbering plans of libphonenumber; {@code com.googlecode.libphonenumber:libphonenumber} must be on the class path.
     * Default: none, which needs no library and takes digits alone for no number.
     *
     * @param regions codes of regions, two capital letters each, such as {@code DE}; adds to those named before
     * @return this builder
     */
    public RedactorBuilder phoneRegions(String... regions) {
        phoneRegions.addAll(List.of(regions));
        return this;
    }

    /**
     * Sets the countries whose identifiers are replaced: types that begin with the code of another country, such as {@code
     * FR_NIR}, stay in the text. Default: all countries.
     *
     * @param codes codes of countries as the types begin, two capital letters each, such as {@code DE}; adds to those named
     *     before
     * @return this builder
     */
    public RedactorBuilder countries(String... codes) {
        countries.addAll(List.of(codes));
        return this;
    }

    /**
     * Sets how long a text may be; a longer one is dropped. Default: {@value Redactor#DEFAULT_MAX_LENGTH}.
     *
     * @param maxLength the length in UTF-16 units, greater than 0
     * @return this builder
     */
    public RedactorBuilder maxLength(int maxLength) {
        this.maxLength = maxLength;
        return this;
    }

    /** Sets the clock that says which dates of birth lie in the future. */
    RedactorBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Builds the redactor.
     *
     * @return a redactor with these settings
     * @throws IllegalArgumentException naming everything that is wrong with them, a missing library included
     */
    public Redactor build() {
        Problems problems = new Problems();
        if (maxLength <= 0) {
            problems.add(
                    "maxLength is out of range (" + maxLength + ") — greater than 0 — leave it out for the default");
        }
        replacements.keySet().forEach(type -> problems.check(() -> Finding.requireType(type)));
        ignored.forEach(type -> problems.check(() -> Finding.requireType(type)));
        List<PiiDetector> all = new ArrayList<>(detectors);
        rules.forEach(rule -> problems.check(() -> all.add(rule.compile())));
        List<PhoneCheck> phones = new ArrayList<>(List.of(PhoneCheck.NONE));
        if (!phoneRegions.isEmpty()) {
            problems.check(() -> phones.set(0, OptionalLibraries.phoneNumbers(phoneRegions)));
        }
        countries.forEach(code -> problems.check(() -> requireCountry(code)));
        problems.throwIfAny();
        return new Redactor(this, phones.get(0), all);
    }

    private static void requireCountry(String code) {
        if (PiiTypes.national().stream().noneMatch(type -> type.startsWith(code + "_"))) {
            throw new IllegalArgumentException("country has no identifiers here (" + code + ") — "
                    + countriesOf(PiiTypes.national()) + " — leave it out or name one of these");
        }
    }

    private static Set<String> countriesOf(Set<String> types) {
        Set<String> codes = new TreeSet<>();
        types.forEach(type -> codes.add(type.substring(0, type.indexOf('_'))));
        return codes;
    }

    /** The types to leave in the text: those ignored by name, and those of countries that were not named. */
    Set<String> ignoredTypes() {
        Set<String> all = new HashSet<>(ignored);
        if (!countries.isEmpty()) {
            PiiTypes.national().stream()
                    .filter(type -> !countries.contains(type.substring(0, type.indexOf('_'))))
                    .forEach(all::add);
        }
        return all;
    }

    private record Rule(String type, String expression) {

        PiiDetector compile() {
            Finding.requireType(type);
            return OptionalLibraries.expression(type, expression);
        }
    }

    /** Collects all problems of the settings, so that they are reported together. */
    private static final class Problems {

        private final List<String> messages = new ArrayList<>();

        void add(String message) {
            messages.add(message);
        }

        void check(Runnable rule) {
            try {
                rule.run();
            } catch (IllegalArgumentException e) {
                messages.add(String.valueOf(e.getMessage()));
            }
        }

        void throwIfAny() {
            if (!messages.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", messages));
            }
        }
    }
}
