package dev.llmops.cost.imports;

import dev.llmops.core.http.HttpPolicy;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceBookException;
import dev.llmops.cost.internal.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sources of one format that are read together, with the last good book of them. Sources of the library's own format make
 * one book; what an imported source says is added to what it said before.
 */
final class LivePart {

    private final List<PriceSource> sources;
    private final HttpPolicy http;
    private @Nullable PriceBook book;
    private Map<String, String> digests = Map.of();

    LivePart(List<PriceSource> sources, HttpPolicy http) {
        this.sources = sources;
        this.http = http;
    }

    @Nullable
    PriceBook book() {
        return book;
    }

    Map<String, String> digests() {
        return digests;
    }

    /** Takes over what an earlier process kept. */
    void readHistory() {
        Path history = sources.get(0).history();
        if (history != null && Files.exists(history)) {
            book = PriceBook.load(history);
        }
    }

    /**
     * Reads the sources again, and leaves all as it is if that fails.
     *
     * @return true if the content has changed
     * @throws PriceBookException naming what is wrong with the content
     */
    boolean refresh(Instant now) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, String> found = new LinkedHashMap<>();
        for (PriceSource source : sources) {
            byte[] content = read(source);
            String digest = Sha256.hex(content);
            requirePinned(source, digest);
            texts.put(source.name(), new String(content, StandardCharsets.UTF_8));
            found.put(source.name(), digest);
        }
        if (found.equals(digests)) {
            return false;
        }
        PriceBook fresh = sources.get(0).format() == PriceFormat.LLMOPS
                ? own(texts)
                : imported(texts.values().iterator().next(), now);
        writeHistory(fresh);
        book = fresh;
        digests = found;
        return true;
    }

    private byte[] read(PriceSource source) {
        try {
            URI address = source.address();
            if (address == null) {
                return Files.readAllBytes(Objects.requireNonNull(source.file()));
            }
            HttpPolicy.Answer answer = http.send(HttpRequest.newBuilder(address).build());
            if (!answer.isSuccess()) {
                throw new IOException("the server answers HTTP " + answer.status() + " — check the address");
            }
            return answer.text().getBytes(StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw problem(source.name(), "cannot be read: there is no such file");
        } catch (IOException e) {
            throw problem(source.name(), "cannot be read: " + e.getMessage());
        }
    }

    private static PriceBookException problem(String where, String what) {
        return new PriceBookException(List.of(new PriceBookException.Problem(where, what)));
    }

    private static void requirePinned(PriceSource source, String digest) {
        String pinned = source.pinnedSha256();
        if (pinned != null && !pinned.equals(digest)) {
            throw problem(
                    source.name(),
                    "sha256 is " + digest + " — " + pinned + ", as pinned — check the content, then pin its digest");
        }
    }

    private PriceBook own(Map<String, String> texts) {
        PriceBook fresh = PriceBook.parse(texts);
        List<PriceBookException.Problem> contradictions = book == null ? List.of() : fresh.contradictions(book);
        if (!contradictions.isEmpty()) {
            throw new PriceBookException(contradictions);
        }
        return fresh;
    }

    private PriceBook imported(String text, Instant now) {
        PriceSource source = sources.get(0);
        Instant effective = source.effectiveFrom();
        try {
            if (book != null) {
                return book.updatedBy(source.format().read(text, now).book());
            }
            return effective == null
                    ? source.format().read(text, now).book()
                    : source.format().read(text, now, effective).book();
        } catch (IllegalArgumentException e) {
            throw problem(source.name(), String.valueOf(e.getMessage()));
        }
    }

    private void writeHistory(PriceBook fresh) {
        Path history = sources.get(0).history();
        if (history != null) {
            Path written = history.resolveSibling(history.getFileName() + ".new");
            try {
                Files.writeString(written, fresh.toJson());
                Files.move(written, history, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw problem(
                        String.valueOf(history.getFileName()),
                        "cannot be written: " + e.getMessage() + " — a file in a folder that may be written — move it");
            }
        }
    }
}
