package dev.llmops.logging;

import dev.llmops.core.privacy.SafeText;
import dev.llmops.core.record.Decimals;
import java.math.BigDecimal;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SegmentedStringWriter;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonGeneratorBase;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * Writes values as JSON on one line. Everything {@linkplain SafeText#isUnsafe unsafe} is escaped, so that the line
 * is what it seems in a terminal, an editor and a file of lines. So is everything beyond U+FFFF, such as emoji: some back
 * ends tear surrogate pairs apart. Texts grow in the buffers that Jackson pools.
 *
 * <p>See docs/decisions/logging.md#emoji-are-escaped-in-json-text.
 */
final class JsonText {

    private static final JsonFactory JSON = JsonFactory.builder()
            .characterEscapes(new Escapes())
            // Closing after an exception would complete the open objects, and a torn record would pass for a whole one.
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private static final int MILLION = 1_000_000;
    private static final double LEAST_PLAIN = 1e-3;
    private static final double LEAST_WITH_EXPONENT = 1e7;
    // Any double has fewer.
    private static final int MOST_PLAIN_DIGITS = 400;

    private JsonText() {}

    /** The JSON text of the record of a {@link LogEntry}, or of a {@link JsonMap}, {@link JsonList} or scalar. */
    static String of(Object value) {
        BufferRecycler buffers = JSON._getBufferRecycler();
        try (SegmentedStringWriter text = new SegmentedStringWriter(buffers)) {
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
                write(json, value);
            }
            return text.getAndClear();
        } finally {
            buffers.releaseToPool();
        }
    }

    /** The same in UTF-8, with a line feed at the end. */
    static byte[] line(Object value) {
        BufferRecycler buffers = JSON._getBufferRecycler();
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(buffers)) {
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
                write(json, value);
            }
            bytes.append('\n');
            return bytes.getClearAndRelease();
        } finally {
            buffers.releaseToPool();
        }
    }

    /** Writes a value to a generator of our own or of a back end. */
    static void write(JsonGenerator json, Object value) {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof LogEntry entry) {
            entry.writeTo(json, true);
        } else if (value instanceof JsonMap map) {
            writeMap(json, map);
        } else if (value instanceof JsonList list) {
            json.writeStartArray();
            for (int i = 0; i < list.size(); i++) {
                write(json, list.get(i));
            }
            json.writeEndArray();
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            writeDouble(json, number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(ofDecimal(number));
        } else {
            throw new IllegalArgumentException(
                    "a log record holds text, numbers, booleans, lists and maps, but there was a " + value.getClass());
        }
    }

    private static void writeMap(JsonGenerator json, JsonMap map) {
        json.writeStartObject();
        for (int i = 0; i < map.size(); i++) {
            if (map.keyOrField(i) instanceof Field field) {
                json.writeName(field.json);
            } else {
                json.writeName(map.key(i));
            }
            write(json, map.value(i));
        }
        json.writeEndObject();
    }

    /**
     * Writes a time in milliseconds digit by digit: a decimal of few digits is the shortest text of its double. Other numbers,
     * and formats other than JSON, are up to the generator.
     */
    static void writeDouble(JsonGenerator json, double number) {
        long millionths = millionths(number);
        if (millionths < 0 || !(json instanceof JsonGeneratorBase)) {
            json.writeNumber(number);
            return;
        }
        json.writeRawValue("");
        writeDigits(json, (int) (millionths / MILLION));
        json.writeRaw('.');
        int rest = (int) (millionths % MILLION);
        do {
            rest *= 10;
            json.writeRaw((char) ('0' + rest / MILLION));
            rest %= MILLION;
        } while (rest > 0);
    }

    private static void writeDigits(JsonGenerator json, int number) {
        if (number >= 10) {
            writeDigits(json, number / 10);
        }
        json.writeRaw((char) ('0' + number % 10));
    }

    /** Returns the number times a million if it is one of at most six decimals that is written without an exponent, or −1. */
    private static long millionths(double number) {
        if (!(number >= LEAST_PLAIN && number < LEAST_WITH_EXPONENT)) {
            return -1;
        }
        long millionths = Math.round(number * MILLION);
        return (double) millionths / MILLION == number ? millionths : -1;
    }

    /** The digits of a decimal; with an exponent where they would fill pages, or the memory. */
    static String ofDecimal(BigDecimal number) {
        return Decimals.hasAtMost(MOST_PLAIN_DIGITS, number) ? number.toPlainString() : number.toString();
    }

    /** The JSON text of a number or boolean. */
    static String ofScalar(Object value) {
        if (value instanceof Double number && millionths(number) >= 0) {
            String plain = BigDecimal.valueOf(millionths(number), 6)
                    .stripTrailingZeros()
                    .toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        return value instanceof BigDecimal number ? ofDecimal(number) : value.toString();
    }

    private static final class Escapes extends CharacterEscapes {

        private static final long serialVersionUID = 1;
        private static final int REPLACEMENT = 0xFFFD;
        private static final int[] ASCII = standardAsciiEscapesForJSON();

        static {
            ASCII[0x7F] = ESCAPE_STANDARD;
            // PostgreSQL refuses a JSONB with U+0000 in it, and a caller could choose which calls are missing there.
            ASCII[0] = ESCAPE_CUSTOM;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ASCII;
        }

        @Override
        // Jackson asks for null where nothing is to be escaped, but does not say so in its types.
        @SuppressWarnings("NullAway")
        public SerializableString getEscapeSequence(int c) {
            if (c == 0) {
                return escape(REPLACEMENT);
            }
            return SafeText.isUnsafe((char) c) || Character.isSurrogate((char) c) ? escape(c) : null;
        }

        private static SerializableString escape(int c) {
            char[] escape = {'\\', 'u', digit(c >> 12), digit(c >> 8), digit(c >> 4), digit(c)};
            return new SerializedString(new String(escape));
        }

        private static char digit(int c) {
            return "0123456789ABCDEF".charAt(c & 0xF);
        }
    }
}
