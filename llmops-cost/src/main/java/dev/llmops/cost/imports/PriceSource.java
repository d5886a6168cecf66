package dev.llmops.cost.imports;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file or an address from which a {@link LivePriceBook} reads prices. Immutable.
 *
 * @since 0.1.0
 */
public final class PriceSource {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private final @Nullable Path file;
    private final @Nullable URI address;
    private final PriceFormat format;
    private final @Nullable String sha256;
    private final @Nullable Instant effectiveFrom;
    private final @Nullable Path history;

    private PriceSource(
            @Nullable Path file,
            @Nullable URI address,
            PriceFormat format,
            @Nullable String sha256,
            @Nullable Instant effectiveFrom,
            @Nullable Path history) {
        this.file = file;
        this.address = address;
        this.format = format;
        this.sha256 = sha256;
        this.effectiveFrom = effectiveFrom;
        this.history = history;
    }

    /**
     * Returns a file as a source.
     *
     * @param file the file
     * @param format its format
     * @return the source
     */
    public static PriceSource file(Path file, PriceFormat format) {
        return new PriceSource(Objects.requireNonNull(file, "file"), null, format, null, null, null);
    }

    /**
     * Returns an address as a source.
     *
     * @param address an http or https address
     * @param format the format of what is there
     * @return the source
     * @throws IllegalArgumentException if the address is of another kind
     */
    public static PriceSource url(URI address, PriceFormat format) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "address is " + address + " — an http or https address with a host — use file for a file");
        }
        return new PriceSource(null, address, format, null, null, null);
    }

    /**
     * Pins the content: any other content is refused. Without this the digest is recorded only.
     *
     * @param digest the SHA-256 of the content, 64 hexadecimal digits
     * @return a copy with it
     * @throws IllegalArgumentException if the digest is none
     */
    public PriceSource sha256(String digest) {
        String lower = digest.toLowerCase(Locale.ROOT);
        if (!SHA_256.matcher(lower).matches()) {
            throw new IllegalArgumentException(
                    "sha256 is '" + digest + "' — 64 hexadecimal digits — copy the output of sha256sum");
        }
        return new PriceSource(file, address, format, lower, effectiveFrom, history);
    }

    /**
     * Sets from when on the prices that are read first hold; when they are read by default. A price that changes later
     * holds from the reload that finds it.
     *
     * @param instant the instant, see {@link PriceFormat#read(String, Instant, Instant)}
     * @return a copy with it
     * @throws IllegalArgumentException if the format has dates of its own
     */
    public PriceSource effectiveFrom(Instant instant) {
        format.requireUndated();
        return new PriceSource(file, address, format, sha256, instant, history);
    }

    /**
     * Keeps every price that the source has said in a file, so that it is known after a restart; by default only as long
     * as the process runs.
     *
     * @param book a price book in the library's own format, written at each change
     * @return a copy with it
     * @throws IllegalArgumentException if the format is {@link PriceFormat#LLMOPS}, which has its history in itself
     */
    public PriceSource history(Path book) {
        if (format == PriceFormat.LLMOPS) {
            throw new IllegalArgumentException(
                    "history is set for LLMOPS — only imported formats need one — leave it out");
        }
        return new PriceSource(file, address, format, sha256, effectiveFrom, book);
    }

    PriceFormat format() {
        return format;
    }

    @Nullable
    Path file() {
        return file;
    }

    @Nullable
    URI address() {
        return address;
    }

    @Nullable
    String pinnedSha256() {
        return sha256;
    }

    @Nullable
    Instant effectiveFrom() {
        return effectiveFrom;
    }

    @Nullable
    Path history() {
        return history;
    }

    /** The file's name, or the address without what may hold a secret. */
    String name() {
        if (file != null) {
            return String.valueOf(file.getFileName());
        }
        URI at = Objects.requireNonNull(address);
        return at.getScheme() + "://" + at.getHost() + (at.getPort() < 0 ? "" : ":" + at.getPort()) + at.getPath();
    }

    @Override
    public String toString() {
        return "PriceSource[" + format + " at " + name() + "]";
    }
}
