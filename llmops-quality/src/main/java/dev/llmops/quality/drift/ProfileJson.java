package dev.llmops.quality.drift;

import dev.llmops.quality.internal.Sha256;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads profiles. */
final class ProfileJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private record File(
            String schema,
            String digest,
            String versionSet,
            Instant from,
            Instant to,
            String zone,
            List<FeatureEntry> features,
            List<EmbeddingEntry> embeddings) {

        File withDigest(String other) {
            return new File(schema, other, versionSet, from, to, zone, features, embeddings);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // a shape for JSON, never compared
    private record FeatureEntry(
            String name,
            double @Nullable [] edges,
            double @Nullable [] centres,
            @Nullable List<String> values,
            int @Nullable [] otherHashes,
            long[] counts,
            int @Nullable [] byHour) {}

    @SuppressWarnings("ArrayRecordComponent") // a shape for JSON, never compared
    private record EmbeddingEntry(
            String name,
            double sigma,
            long seed,
            long count,
            double[] sum,
            double[] featureSum,
            double featureNorms,
            double nullDeviation,
            double nullSkewness) {}

    private ProfileJson() {}

    static String digest(ReferenceProfile profile) {
        return digest(file(profile));
    }

    private static String digest(File file) {
        return Sha256.hex(MAPPER.writeValueAsString(file.withDigest("")));
    }

    static String write(ReferenceProfile profile) {
        File file = file(profile);
        return MAPPER.writeValueAsString(file.withDigest(digest(file)));
    }

    private static File file(ReferenceProfile profile) {
        return new File(
                ReferenceProfile.SCHEMA,
                "",
                profile.versionSet(),
                profile.from(),
                profile.to(),
                profile.zone().getId(),
                profile.features().stream().map(ProfileJson::entry).toList(),
                profile.embeddings().stream().map(ProfileJson::entry).toList());
    }

    private static FeatureEntry entry(FeatureProfile profile) {
        if (profile.binning() instanceof NumericBins bins) {
            return new FeatureEntry(
                    profile.name(), bins.edges(), bins.centres(), null, null, profile.counts(), profile.byHour());
        }
        CategoryBins bins = (CategoryBins) profile.binning();
        return new FeatureEntry(
                profile.name(), null, null, bins.values(), bins.otherHashes(), profile.counts(), profile.byHour());
    }

    private static EmbeddingEntry entry(EmbeddingProfile profile) {
        EmbeddingSums sums = profile.sums();
        return new EmbeddingEntry(
                profile.name(),
                profile.projection().sigma(),
                profile.projection().seed(),
                sums.count(),
                sums.sum(),
                sums.featureSum(),
                sums.featureNorms(),
                profile.nullDeviation(),
                profile.nullSkewness());
    }

    static ReferenceProfile read(String json) {
        File file;
        try {
            file = MAPPER.readValue(json, File.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "the text is no drift profile (" + e.getOriginalMessage() + ") — JSON of schema "
                            + ReferenceProfile.SCHEMA + " — record the profile again",
                    e);
        }
        if (!ReferenceProfile.SCHEMA.equals(file.schema)) {
            throw new IllegalArgumentException("drift profile has another schema (" + file.schema + ") — "
                    + ReferenceProfile.SCHEMA + " — record the profile again");
        }
        if (!digest(file).equals(file.digest)) {
            throw new IllegalArgumentException("drift profile digest must match its content, but " + file.digest
                    + " does not; the file was changed: record the profile again");
        }
        return new ReferenceProfile(
                file.versionSet,
                file.from,
                file.to,
                ZoneId.of(file.zone),
                file.features.stream().map(ProfileJson::profile).toList(),
                file.embeddings.stream().map(ProfileJson::profile).toList());
    }

    private static FeatureProfile profile(FeatureEntry entry) {
        Binning binning = entry.edges != null && entry.centres != null
                ? NumericBins.of(entry.edges, entry.centres)
                : CategoryBins.ofHashes(
                        orEmpty(entry.values), entry.otherHashes == null ? new int[0] : entry.otherHashes);
        return new FeatureProfile(entry.name, binning, entry.counts, entry.byHour);
    }

    private static List<String> orEmpty(@Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    private static EmbeddingProfile profile(EmbeddingEntry entry) {
        return new EmbeddingProfile(
                entry.name,
                new RandomFeatures(entry.sum.length, entry.sigma, entry.seed),
                new EmbeddingSums(entry.count, entry.sum, entry.featureSum, entry.featureNorms),
                entry.nullDeviation,
                entry.nullSkewness);
    }
}
