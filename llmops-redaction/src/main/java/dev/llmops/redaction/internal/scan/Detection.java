package dev.llmops.redaction.internal.scan;

import dev.llmops.redaction.detect.Finding;
import dev.llmops.redaction.detect.PiiDetector;
import dev.llmops.redaction.internal.personal.PhoneCheck;
import dev.llmops.redaction.internal.text.MatchSpans;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Everything that a redactor looks for, with its own scan and the detectors of the user.
 *
 * <p>See docs/decisions/redaction.md#detectors-lie-in-three-packages-below-the-dispatcher.
 */
public final class Detection {

    private final PhoneCheck phones;
    private final Supplier<LocalDate> today;
    private final Set<String> ignored;
    private final List<PiiDetector> detectors;

    public Detection(PhoneCheck phones, Supplier<LocalDate> today, Set<String> ignored, List<PiiDetector> detectors) {
        this.phones = phones;
        this.today = today;
        this.ignored = Set.copyOf(ignored);
        this.detectors = List.copyOf(detectors);
    }

    /** Returns the findings in the text, ascending, without overlap. */
    public List<Finding> in(String text) throws DetectorFailure {
        List<Finding> findings = scan(text);
        if (detectors.isEmpty()) {
            return findings;
        }
        List<Finding> all = new ArrayList<>(findings);
        for (PiiDetector detector : detectors) {
            addAll(detector, text, all);
        }
        return merged(all);
    }

    private List<Finding> scan(String text) {
        Unescaped unescaped = Unescaped.of(text);
        MatchSpans spans = new Scanner(new Source(unescaped), phones, today).run();
        if (spans.size() == 0) {
            return List.of();
        }
        int[] bounds = spans.bounds();
        unescaped.toOriginal(bounds);
        List<Finding> findings = new ArrayList<>(spans.size());
        for (int i = 0; i < spans.size(); i++) {
            if (!ignored.contains(spans.type(i))) {
                findings.add(new Finding(spans.type(i), bounds[2 * i], bounds[2 * i + 1]));
            }
        }
        return findings;
    }

    private void addAll(PiiDetector detector, String text, List<Finding> all) throws DetectorFailure {
        try {
            for (Finding finding : detector.detect(text)) {
                if (finding.end() > text.length()) {
                    throw new IndexOutOfBoundsException("a finding ends behind the text");
                }
                if (!ignored.contains(finding.type())) {
                    all.add(finding);
                }
            }
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable t) {
            throw new DetectorFailure(detector.getClass(), t.getClass());
        }
    }

    /** Overlapping findings become one over all of their characters, of the type of the longest. */
    public static List<Finding> merged(List<Finding> findings) {
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparingInt(Finding::start));
        List<Finding> merged = new ArrayList<>(sorted.size());
        int longest = 0;
        for (Finding next : sorted) {
            Finding last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || next.start() >= last.end()) {
                merged.add(next);
                longest = next.length();
            } else {
                String type = next.length() > longest ? next.type() : last.type();
                longest = Math.max(longest, next.length());
                merged.set(merged.size() - 1, new Finding(type, last.start(), Math.max(last.end(), next.end())));
            }
        }
        return merged;
    }
}
