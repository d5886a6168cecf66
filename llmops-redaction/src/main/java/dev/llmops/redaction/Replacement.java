package dev.llmops.redaction;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The text that replaces a finding. Immutable and thread-safe.
 *
 * <p>For placeholders that can be turned back, see {@link RedactionSession}.
 *
 * @since 0.1.0
 */
public final class Replacement {

    private static final int MOST_KEPT = 8;
    private static final int LEAST_KEY_BYTES = 16;
    private static final int HASH_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9]{1,16}");

    private static final Replacement LABEL = new Replacement((type, value) -> "[" + type + "]");
    private static final Replacement DROP = new Replacement((type, value) -> "");

    private final Form form;

    private Replacement(Form form) {
        this.form = form;
    }

    /**
     * Returns a replacement by the type in brackets: {@code [EMAIL]}.
     *
     * @return the replacement
     */
    public static Replacement label() {
        return LABEL;
    }

    /**
     * Returns a replacement by nothing.
     *
     * @return the replacement
     */
    public static Replacement drop() {
        return DROP;
    }

    /**
     * Returns a replacement by four asterisks and the end of the value: {@code ****1111}. At most half of the value is kept, however short it is.
     *
     * @param keepLast how many characters stay, 0 to {@value #MOST_KEPT}
     * @return the replacement
     * @throws IllegalArgumentException if the number is out of range
     */
    public static Replacement mask(int keepLast) {
        if (keepLast < 0 || keepLast > MOST_KEPT) {
            throw new IllegalArgumentException(
                    "keepLast is out of range (" + keepLast + ") — 0 to " + MOST_KEPT + " — keep fewer characters");
        }
        return new Replacement((type, value) -> "****" + tail(value, keepLast));
    }

    private static String tail(String value, int keepLast) {
        int start = value.length() - Math.min(keepLast, value.length() / 2);
        boolean insidePair = start < value.length() && Character.isLowSurrogate(value.charAt(start));
        return value.substring(insidePair ? start + 1 : start);
    }

    /**
     * Returns a replacement by a pseudonym that is equal for equal values: {@code [EMAIL#k1.5f0c…]}, 128 bits of HMAC-SHA-256. Letter case and
     * separators count, so that {@code a@b.com} and {@code A@b.com} differ.
     *
     * @param keyId names the key, so that pseudonyms of two keys are not confused: 1 to 16 letters and digits
     * @param key the secret key, at least {@value #LEAST_KEY_BYTES} bytes; copied
     * @return the replacement
     * @throws IllegalArgumentException if the key is too short or its id has another form
     */
    public static Replacement keyedHash(String keyId, byte[] key) {
        if (!KEY_ID.matcher(keyId).matches()) {
            throw new IllegalArgumentException(
                    "keyId has another form (" + keyId + ") — 1 to 16 letters and digits — choose a short name");
        }
        if (key.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException("key is too short (" + key.length + " bytes) — at least "
                    + LEAST_KEY_BYTES + " bytes — use 32 random bytes");
        }
        SecretKeySpec secret = new SecretKeySpec(key, ALGORITHM);
        return new Replacement((type, value) -> "[" + type + "#" + keyId + "." + hash(secret, value) + "]");
    }

    private static String hash(SecretKeySpec key, String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    String of(String type, String value) {
        return form.of(type, value);
    }

    /** Writes what stands for a value. */
    private interface Form {
        String of(String type, String value);
    }
}
