package dev.llmops.samples.gateway.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials of a file, of which only hashes are kept. A changed file is read again; one that breaks rules is reported
 * once, and the last good one holds. Thread-safe.
 */
public final class Credentials {

    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

    private final Path file;
    private volatile Map<String, Credential> byHash;
    private @Nullable FileTime modified;

    /**
     * Reads a file.
     *
     * @throws InvalidCredentialsException if it cannot be read or breaks a rule
     */
    public Credentials(Path file) {
        this.file = file;
        modified = modified();
        byHash = CredentialReader.read(file);
    }

    /** Returns the credential of a token. */
    public Optional<Credential> find(String token) {
        // Hashes are looked up, so the time that it takes says nothing about a token.
        return Optional.ofNullable(byHash.get(sha256(token)));
    }

    /** Reads the file again if it has changed; call now and then. */
    public synchronized void refresh() {
        FileTime now = modified();
        if (now == null || now.equals(modified)) {
            return;
        }
        modified = now;
        try {
            byHash = CredentialReader.read(file);
            LOG.info("{} credentials were read again", byHash.size());
        } catch (InvalidCredentialsException e) {
            LOG.error("the earlier credentials hold: {}", e.getMessage());
        }
    }

    private @Nullable FileTime modified() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return null; // being replaced; the next round finds it
        }
    }

    static String sha256(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
