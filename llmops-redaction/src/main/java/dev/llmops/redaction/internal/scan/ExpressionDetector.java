package dev.llmops.redaction.internal.scan;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.llmops.redaction.detect.Finding;
import dev.llmops.redaction.detect.PiiDetector;
import java.util.ArrayList;
import java.util.List;

/** A user's rule on RE2/J, whose matching is linear in the text for every expression. */
final class ExpressionDetector implements PiiDetector {

    private final String type;
    private final Pattern pattern;

    private ExpressionDetector(String type, Pattern pattern) {
        this.type = type;
        this.pattern = pattern;
    }

    static ExpressionDetector compile(String type, String expression) {
        try {
            Pattern pattern = Pattern.compile(expression);
            if (pattern.matches("")) {
                throw new IllegalArgumentException("rule " + type + " matches the empty text (" + expression
                        + ") — at least one character in each match — replace * by +");
            }
            return new ExpressionDetector(type, pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "rule " + type + " is no expression (" + expression + ": " + e.getDescription()
                            + ") — the syntax of RE2 — correct it",
                    e);
        }
    }

    @Override
    public List<Finding> detect(String text) {
        List<Finding> findings = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            int group = pattern.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
            if (matcher.end(group) > matcher.start(group)) {
                findings.add(new Finding(type, matcher.start(group), matcher.end(group)));
            }
        }
        return findings;
    }
}
