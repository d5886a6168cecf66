package dev.llmops.redaction.detect;

import java.util.List;

/**
 * Finds what rules cannot: names, addresses, organisations, or anything else that a model or a service knows.
 *
 * <p>Called once for each text, on the thread that redacts it, possibly from many threads at once. A detector that
 * throws, or answers with a span outside the text, costs the whole text: it is dropped rather than let through. What it
 * throws is counted by the detector's class; its message is neither logged nor passed on.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PiiDetector {

    /**
     * Looks at one text.
     *
     * @param text the original text
     * @return what was found, in any order; overlaps are merged
     * @throws Exception if the text could not be judged
     */
    List<Finding> detect(String text) throws Exception;
}
