package dev.llmops.quality.drift;

import dev.llmops.core.io.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Distributions of all watched features while a version set answered well: the reference with which later windows are
 * compared. Immutable, and a JSON file on disk.
 *
 * @since 0.1.0
 */
public final class ReferenceProfile {

    /** The version of the file format. */
    public static final String SCHEMA = "llmops.drift-profile/v2";

    private final String versionSet;
    private final Instant from;
    private final Instant to;
    private final ZoneId zone;
    private final List<FeatureProfile> features;
    private final List<EmbeddingProfile> embeddings;

    ReferenceProfile(
            String versionSet,
            Instant from,
            Instant to,
            ZoneId zone,
            List<FeatureProfile> features,
            List<EmbeddingProfile> embeddings) {
        this.versionSet = versionSet;
        this.from = from;
        this.to = to;
        this.zone = zone;
        this.features = List.copyOf(features);
        this.embeddings = List.copyOf(embeddings);
    }

    /** {@return the id of the version set that answered} */
    public String versionSet() {
        return versionSet;
    }

    /** {@return the start of the reference} */
    public Instant from() {
        return from;
    }

    /** {@return its end} */
    public Instant to() {
        return to;
    }

    /** {@return the time zone of the hours of the week} */
    public ZoneId zone() {
        return zone;
    }

    List<FeatureProfile> features() {
        return features;
    }

    List<EmbeddingProfile> embeddings() {
        return embeddings;
    }

    Optional<FeatureProfile> feature(String name) {
        return features.stream().filter(profile -> profile.name().equals(name)).findFirst();
    }

    /**
     * Merges with the profile that another instance recorded with the same bins. Associative and commutative, to the bit.
     *
     * @param other the other profile, from a recorder made by {@link ReferenceRecorder#withBinsOf}
     * @return a profile of both
     * @throws IllegalArgumentException if version set, time zone, features, bins or projections differ
     */
    public ReferenceProfile plus(ReferenceProfile other) {
        if (!versionSet.equals(other.versionSet)
                || !zone.equals(other.zone)
                || features.size() != other.features.size()
                || embeddings.size() != other.embeddings.size()) {
            throw new IllegalArgumentException("profiles cannot be merged (of version set " + versionSet + " and "
                    + other.versionSet + ", with " + features.size() + " and " + other.features.size()
                    + " features) — version set, time zone and features must be the same — record with the bins of"
                    + " one profile");
        }
        return new ReferenceProfile(
                versionSet,
                from.isBefore(other.from) ? from : other.from,
                to.isAfter(other.to) ? to : other.to,
                zone,
                IntStream.range(0, features.size())
                        .mapToObj(i -> features.get(i).plus(other.features.get(i)))
                        .toList(),
                IntStream.range(0, embeddings.size())
                        .mapToObj(i -> embeddings.get(i).plus(other.embeddings.get(i)))
                        .toList());
    }

    /**
     * Returns the digest of the profile: SHA-256 over its canonical JSON without the digest.
     *
     * @return 64 hexadecimal digits
     */
    public String digest() {
        return ProfileJson.digest(this);
    }

    /**
     * Returns the profile as JSON. Equal profiles give equal bytes.
     *
     * @return the JSON text
     */
    public String toJson() {
        return ProfileJson.write(this);
    }

    /**
     * Reads a profile.
     *
     * @param json the JSON text
     * @return the profile
     * @throws IllegalArgumentException if the text is no profile, or its digest does not match
     */
    public static ReferenceProfile fromJson(String json) {
        return ProfileJson.read(json);
    }

    /**
     * Writes the profile to a file.
     *
     * @param file the file, which is replaced
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        Files.writeString(file, toJson());
    }

    /**
     * Reads a profile from a file.
     *
     * @param file the file
     * @return the profile
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if the file holds no profile, or its digest does not match
     */
    public static ReferenceProfile read(Path file) throws IOException {
        try {
            return fromJson(TextFile.read(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
