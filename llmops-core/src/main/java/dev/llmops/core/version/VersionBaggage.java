package dev.llmops.core.version;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries a version set between processes as entries of a W3C {@code baggage} header, one per part:
 * {@code llmops.version_set.prompt=support-v12}. What is not allowed in such a header is percent-encoded, in the names
 * of parts as well.
 *
 * <p>Both directions are bounded, and neither throws.
 *
 * @since 0.1.0
 */
public final class VersionBaggage {

    /** The beginning of all keys; the name of the part follows. */
    public static final String KEY_PREFIX = "llmops.version_set.";

    /** The largest number of parts that are carried: {@value}. */
    public static final int MAX_ENTRIES = 64;

    /** The greatest length of the encoded entries in characters, commas included: {@value}. */
    public static final int MAX_LENGTH = 4096;

    /** The part of a header that is read: the length up to which the standard has every platform pass it on. */
    private static final int MAX_HEADER_LENGTH = 8192;

    private static final String TOKEN_PUNCTUATION = "!#$&'*+-.^_`|~";
    private static final String NO_VALUE_CHARACTERS = "\"%,;\\";

    private VersionBaggage() {}

    /**
     * Encodes a set. A part that does not fit in whole is left out, and those after it are tried.
     *
     * @param versions the set
     * @return the value of a {@code baggage} header, or a piece to append to one after a comma; empty for the empty set
     */
    public static String encode(VersionSet versions) {
        StringBuilder header = new StringBuilder();
        int entries = 0;
        for (Map.Entry<String, String> part : versions.parts().entrySet()) {
            String entry = KEY_PREFIX + encode(part.getKey(), true) + "=" + encode(part.getValue(), false);
            int comma = entries == 0 ? 0 : 1;
            if (entries < MAX_ENTRIES && header.length() + comma + entry.length() <= MAX_LENGTH) {
                header.append(comma == 0 ? "" : ",").append(entry);
                entries++;
            }
        }
        return header.toString();
    }

    /**
     * Decodes the entries of a header that belong to a version set; all others are passed over. Of entries with the same
     * name the first counts. An entry without a name or a value, or with a control character in either, is passed over
     * too.
     *
     * @param header the value of a {@code baggage} header, or null when there is none
     * @return the set, empty when the header holds none
     */
    public static VersionSet decode(@Nullable String header) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String member : readable(header).split(",", -1)) {
            int properties = member.indexOf(';');
            String entry = properties < 0 ? member : member.substring(0, properties);
            int equals = entry.indexOf('=');
            String key = equals < 0 ? "" : entry.substring(0, equals).strip();
            if (key.startsWith(KEY_PREFIX) && parts.size() < MAX_ENTRIES) {
                String name = decodeText(key.substring(KEY_PREFIX.length()));
                String version = decodeText(entry.substring(equals + 1).strip());
                if (VersionSet.isPart(name, version) && isPlain(name) && isPlain(version)) {
                    parts.putIfAbsent(name, version);
                }
            }
        }
        return VersionSet.of(parts);
    }

    /** The header as far as it is read, without a last member that is cut short. */
    private static String readable(@Nullable String header) {
        if (header == null || header.length() <= MAX_HEADER_LENGTH) {
            return header == null ? "" : header;
        }
        return header.substring(0, Math.max(0, header.lastIndexOf(',', MAX_HEADER_LENGTH)));
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private static String encode(String text, boolean isKey) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isKey ? isToken(c) : c > ' ' && c < 0x7F && NO_VALUE_CHARACTERS.indexOf(c) < 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(hex(b >> 4)).append(hex(b));
            }
        }
        return encoded.toString();
    }

    private static boolean isToken(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || TOKEN_PUNCTUATION.indexOf(c) >= 0;
    }

    private static char hex(int halfByte) {
        return Character.toUpperCase(Character.forDigit(halfByte & 0xF, 16));
    }

    /** Undoes the percent-encoding; a percent sign without two digits stands for itself. */
    private static String decodeText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low >= 0) {
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[length++] = bytes[i];
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
