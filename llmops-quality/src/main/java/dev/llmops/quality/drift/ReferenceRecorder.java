package dev.llmops.quality.drift;

import dev.llmops.core.RecordListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.telemetry.Telemetry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records a {@link ReferenceProfile} from live calls, or from calls read back.
 *
 * <p>The first {@value #SAMPLE} values of a feature fix its bins; later values are only counted, so memory is bounded.
 * Thread-safe. Calls are counted off their threads, and before the profile is made.
 *
 * @since 0.1.0
 */
public final class ReferenceRecorder extends RecordListener {

    /** The number of values of a feature that fix its bins. */
    public static final int SAMPLE = 10_000;

    /** The number of embeddings that are kept. */
    public static final int EMBEDDING_SAMPLE = 2_000;

    private static final long SEED = 20_260_101;

    private final String versionSet;
    private final ZoneId zone;
    private final List<Feature> features;
    private final List<FeatureSample> samples;
    private final Map<String, List<float[]>> embeddings = new HashMap<>();
    private final List<EmbeddingProfile> given;
    private final Map<String, EmbeddingCells> cells = new HashMap<>();
    private @Nullable Instant from;
    private @Nullable Instant to;

    /**
     * Creates a recorder with the hours of UTC.
     *
     * @param versionSet the id of the version set whose calls are recorded; others are left out
     * @param features the features
     */
    public ReferenceRecorder(String versionSet, List<Feature> features) {
        this(versionSet, features, ZoneOffset.UTC);
    }

    /**
     * Creates a recorder.
     *
     * @param versionSet the id of the version set whose calls are recorded; others are left out
     * @param features the features
     * @param zone the time zone of the hours of the week
     */
    public ReferenceRecorder(String versionSet, List<Feature> features, ZoneId zone) {
        this.versionSet = versionSet;
        this.zone = zone;
        this.features = List.copyOf(features);
        this.samples = features.stream()
                .map(feature -> new FeatureSample(feature, null))
                .toList();
        this.given = List.of();
    }

    private ReferenceRecorder(ReferenceProfile profile, List<Feature> features) {
        this.versionSet = profile.versionSet();
        this.zone = profile.zone();
        this.features = features;
        this.samples = features.stream()
                .map(feature -> new FeatureSample(
                        feature, profile.feature(feature.name()).orElseThrow().binning()))
                .toList();
        this.given = profile.embeddings();
        given.forEach(embedding -> cells.put(embedding.name(), new EmbeddingCells(embedding.projection())));
    }

    /**
     * Creates a recorder that counts into the bins of a profile, and projects embeddings as it does, so that the profiles of
     * many instances merge. It begins without counts.
     *
     * @param profile the profile, whose version set, time zone, features and embeddings are recorded
     * @param features the features; those that the profile lacks are left out
     * @return the recorder
     * @throws IllegalArgumentException if a feature of the profile is missing
     */
    public static ReferenceRecorder withBinsOf(ReferenceProfile profile, List<Feature> features) {
        return new ReferenceRecorder(
                profile,
                profile.features().stream()
                        .map(known -> features.stream()
                                .filter(feature -> feature.name().equals(known.name()))
                                .findFirst()
                                .orElseThrow(() -> new IllegalArgumentException("feature is missing (" + known.name()
                                        + ") — every feature of the profile is needed — add it to the list")))
                        .toList());
    }

    @Override
    protected void recorded(CallRecord record) {
        add(record);
    }

    /**
     * Adds a call.
     *
     * @param record the call; left out if another version set answered, or its purpose is not the product's
     */
    public synchronized void add(CallRecord record) {
        if (!record.info().versionSet().id().equals(versionSet) || record.info().purpose() != null) {
            return;
        }
        Instant at = record.info().startedAt();
        from = from == null || at.isBefore(from) ? at : from;
        to = to == null || at.isAfter(to) ? at : to;
        int hour = HourOfWeek.of(at, zone);
        for (int i = 0; i < features.size(); i++) {
            samples.get(i).add(record, hour);
        }
    }

    /**
     * Adds an embedding; after {@value #EMBEDDING_SAMPLE} of one name further ones are left out. One with a component that is not finite,
     * or of another length than the first, is left out and counted as dropped.
     *
     * @param name the name of the embedding
     * @param embedding the embedding
     */
    public synchronized void addEmbedding(String name, float[] embedding) {
        EmbeddingCells known = cells.get(name);
        List<float[]> kept = embeddings.getOrDefault(name, List.of());
        int dimensions = known != null ? known.dimensions() : kept.isEmpty() ? embedding.length : kept.get(0).length;
        if (embedding.length != dimensions || !RandomFeatures.isWhole(embedding)) {
            telemetry().count(Telemetry.Kind.DROPPED, "drift_embedding");
        } else if (known != null) {
            known.add(embedding);
        } else {
            keep(embeddings.computeIfAbsent(name, n -> new ArrayList<>()), embedding);
        }
    }

    private static void keep(List<float[]> kept, float[] embedding) {
        if (kept.size() < EMBEDDING_SAMPLE) {
            kept.add(embedding.clone());
        }
    }

    /**
     * Makes the profile.
     *
     * @return the profile of what was recorded; features that were always missing are left out
     * @throws IllegalStateException if no call was recorded
     */
    public ReferenceProfile profile() {
        settle();
        return countedProfile();
    }

    private synchronized ReferenceProfile countedProfile() {
        if (from == null || to == null) {
            throw new IllegalStateException("the reference must hold a call of version set " + versionSet
                    + ", but has none; add the recorder to LlmOps.builder() and wait for traffic");
        }
        return new ReferenceProfile(
                versionSet,
                from,
                to,
                zone,
                samples.stream().flatMap(sample -> sample.profile().stream()).toList(),
                given.isEmpty() ? chosen() : counted());
    }

    private List<EmbeddingProfile> counted() {
        return given.stream()
                .map(known -> known.withSums(
                        Objects.requireNonNull(cells.get(known.name())).snapshot()))
                .toList();
    }

    private List<EmbeddingProfile> chosen() {
        return embeddings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry ->
                        EmbeddingProfile.of(entry.getKey(), entry.getValue().toArray(float[][]::new), SEED))
                .toList();
    }
}
