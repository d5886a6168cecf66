package dev.llmops.quality.drift;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts of one window, which instances of a fleet add up before they are compared with the reference. Immutable; adding
 * is associative and commutative, to the bit.
 *
 * @param from the start of the window
 * @param to its end
 * @param profileDigest the digest of the reference profile whose bins are counted
 * @param counts counts by bin, by feature
 * @param embeddings sums by embedding
 * @param otherVersionSets the version sets of calls that were left out
 * @since 0.1.0
 */
public record DriftWindow(
        Instant from,
        Instant to,
        String profileDigest,
        Map<String, long[]> counts,
        Map<String, EmbeddingSums> embeddings,
        Set<String> otherVersionSets) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Copies the collections, in the order of their names, so that equal windows give equal bytes. */
    public DriftWindow {
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
        embeddings = Collections.unmodifiableMap(new TreeMap<>(embeddings));
        otherVersionSets = Collections.unmodifiableSet(new TreeSet<>(otherVersionSets));
    }

    /**
     * Adds the same window of another instance.
     *
     * @param other the other window
     * @return the window of both
     * @throws IllegalArgumentException if the bins come from different profiles
     */
    public DriftWindow plus(DriftWindow other) {
        if (!profileDigest.equals(other.profileDigest)) {
            throw new IllegalArgumentException("windows to add must count the bins of one profile, but count those of "
                    + profileDigest + " and " + other.profileDigest + "; give all instances the same profile");
        }
        Set<String> versionSets = new TreeSet<>(otherVersionSets);
        versionSets.addAll(other.otherVersionSets);
        return new DriftWindow(
                from.isBefore(other.from) ? from : other.from,
                to.isAfter(other.to) ? to : other.to,
                profileDigest,
                merged(counts, other.counts, DriftWindow::sum),
                merged(embeddings, other.embeddings, EmbeddingSums::plus),
                versionSets);
    }

    private static <V> Map<String, V> merged(Map<String, V> one, Map<String, V> two, BinaryOperator<V> sum) {
        Map<String, V> all = new TreeMap<>(one);
        two.forEach((name, value) -> all.merge(name, value, sum));
        return all;
    }

    private static long[] sum(long[] one, long[] two) {
        return IntStream.range(0, one.length).mapToLong(i -> one[i] + two[i]).toArray();
    }

    /**
     * Returns the window as JSON, to send it to the instance that compares. Equal windows give equal bytes.
     *
     * @return the JSON text
     */
    public String toJson() {
        return MAPPER.writeValueAsString(this);
    }

    /**
     * Reads a window.
     *
     * @param json the JSON text
     * @return the window
     * @throws IllegalArgumentException if the text is no window
     */
    public static DriftWindow fromJson(String json) {
        try {
            return MAPPER.readValue(json, DriftWindow.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "the text is no drift window (" + e.getOriginalMessage()
                            + ") — JSON as toJson() writes it — send the window again",
                    e);
        }
    }
}
