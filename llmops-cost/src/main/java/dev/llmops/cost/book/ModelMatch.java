package dev.llmops.cost.book;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A rule that says which names mean a model. Names are compared without regard to case, and only their first
 * {@value #MAX_NAME_LENGTH} characters are looked at.
 *
 * @since 0.1.0
 */
public sealed interface ModelMatch {

    /** Longer names are cut before they are compared. */
    int MAX_NAME_LENGTH = 200;

    /**
     * Returns true if a name means the model.
     *
     * @param name a model name as a call gives it
     * @return true if it does
     */
    default boolean matches(String name) {
        String cut = name.length() > MAX_NAME_LENGTH ? name.substring(0, MAX_NAME_LENGTH) : name;
        return matchesLowerCase(cut.toLowerCase(Locale.ROOT));
    }

    /**
     * As {@link #matches}, for a name that was lower-cased and cut already.
     *
     * @param name the name
     * @return true if it means the model
     */
    boolean matchesLowerCase(String name);

    /**
     * The name is this text.
     *
     * @param text the text
     * @since 0.1.0
     */
    record Equal(String text) implements ModelMatch {
        @Override
        public boolean matchesLowerCase(String name) {
            return name.equals(text.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * The name begins with this text.
     *
     * @param text the text
     * @since 0.1.0
     */
    record StartsWith(String text) implements ModelMatch {
        @Override
        public boolean matchesLowerCase(String name) {
            return name.startsWith(text.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * The name ends with this text.
     *
     * @param text the text
     * @since 0.1.0
     */
    record EndsWith(String text) implements ModelMatch {
        @Override
        public boolean matchesLowerCase(String name) {
            return name.endsWith(text.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * The name contains this text.
     *
     * @param text the text
     * @since 0.1.0
     */
    record Contains(String text) implements ModelMatch {
        @Override
        public boolean matchesLowerCase(String name) {
            return name.contains(text.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * The name contains something that this regular expression finds.
     *
     * @param pattern the expression; case is ignored regardless of its flags
     * @since 0.1.0
     */
    record Regex(Pattern pattern) implements ModelMatch {

        /**
         * Compiles an expression.
         *
         * @param expression the expression
         * @return the rule
         * @throws java.util.regex.PatternSyntaxException if it is none
         */
        public static Regex of(String expression) {
            return new Regex(Pattern.compile(expression, Pattern.CASE_INSENSITIVE));
        }

        @Override
        public boolean matchesLowerCase(String name) {
            return pattern.matcher(name).find();
        }
    }

    /**
     * The name meets any of these rules.
     *
     * @param rules the rules
     * @since 0.1.0
     */
    record AnyOf(List<ModelMatch> rules) implements ModelMatch {

        /** Copies the rules. */
        public AnyOf {
            rules = List.copyOf(rules);
        }

        @Override
        public boolean matchesLowerCase(String name) {
            return rules.stream().anyMatch(rule -> rule.matchesLowerCase(name));
        }
    }

    /**
     * The name meets all of these rules.
     *
     * @param rules the rules
     * @since 0.1.0
     */
    record AllOf(List<ModelMatch> rules) implements ModelMatch {

        /** Copies the rules. */
        public AllOf {
            rules = List.copyOf(rules);
        }

        @Override
        public boolean matchesLowerCase(String name) {
            return rules.stream().allMatch(rule -> rule.matchesLowerCase(name));
        }
    }
}
