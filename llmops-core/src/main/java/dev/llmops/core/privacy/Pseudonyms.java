package dev.llmops.core.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Replaces ids of users and tenants with stable pseudonyms, equal in every view and process that uses the same key. Immutable and thread-safe.
 *
 * <p>A pseudonym is the first 128 bits of HMAC-SHA-256 (RFC 2104) over the id in UTF-8, as 32 hexadecimal digits.
 * Without a key it is the same of plain SHA-256, which anyone who can guess the id can compute: use a key if ids are guessable, such as e-mail addresses or counters.
 *
 * @since 0.1.0
 */
public final class Pseudonyms {

    /** The shortest key that is accepted, in bytes: {@value}. */
    public static final int MIN_KEY_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int PSEUDONYM_BYTES = 16;
    private static final Pseudonyms UNKEYED = new Pseudonyms(null, null);

    private final @Nullable String keyId;
    private final @Nullable SecretKeySpec key;

    private Pseudonyms(@Nullable String keyId, @Nullable SecretKeySpec key) {
        this.keyId = keyId;
        this.key = key;
    }

    /**
     * Returns pseudonyms without a key.
     *
     * @return the shared instance
     */
    public static Pseudonyms unkeyed() {
        return UNKEYED;
    }

    /**
     * Returns pseudonyms that only the holder of a key can compute.
     *
     * @param keyId names the key in records, so that it can be changed; not secret
     * @param key the secret, at least {@value #MIN_KEY_BYTES} bytes; copied
     * @return pseudonyms under that key
     * @throws IllegalArgumentException if {@code keyId} is blank or the key is too short
     */
    public static Pseudonyms keyed(String keyId, byte[] key) {
        if (keyId.isBlank()) {
            throw new IllegalArgumentException(
                    "pseudonym keyId is blank ('" + keyId + "') — any other text is allowed — pass e.g. 2026-11");
        }
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException("pseudonym key is too short (" + key.length + " bytes) — at least "
                    + MIN_KEY_BYTES + " bytes are allowed — generate one with a secure random source");
        }
        return new Pseudonyms(keyId, new SecretKeySpec(key, ALGORITHM));
    }

    /**
     * Returns the id of the key.
     *
     * @return its id; empty without a key
     */
    public Optional<String> keyId() {
        return Optional.ofNullable(keyId);
    }

    /**
     * Returns the pseudonym of an id.
     *
     * @param id any text
     * @return 32 lower-case hexadecimal digits
     */
    public String of(String id) {
        byte[] digest = digest(id.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, PSEUDONYM_BYTES);
    }

    private byte[] digest(byte[] id) {
        try {
            if (key == null) {
                return MessageDigest.getInstance("SHA-256").digest(id);
            }
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(id);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and " + ALGORITHM, e);
        }
    }

    /** Names the key, never its value. */
    @Override
    public String toString() {
        return "Pseudonyms[keyId=" + keyId + "]";
    }
}
