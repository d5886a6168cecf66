package dev.llmops.release.evidence;

import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.internal.records.LineBlocks;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;

/**
 * Reads the entries of blocks of lines. One parser goes over many lines, which is quicker than one for each; a line that it
 * cannot read is read once more as text, in which bytes that are no UTF-8 are replaced, and counted if that fails too. Not
 * thread-safe.
 */
final class LogLines {

    private final TokenStreamFactory factory = EvidenceJson.MAPPER.tokenStreamFactory();
    private final LogLine line;
    private final Reader reader;
    private long unreadable;
    private byte[] bytes = new byte[0];
    private int end;
    private long place;
    private int start;
    private final Supplier<String> text = this::text;

    /** Takes the entries. */
    interface Reader {
        /**
         * Takes an entry.
         *
         * @param place where it stands in the log; later entries have higher places
         * @param text gives the line as it stands in the log, until this method returns
         * @throws DateTimeException or ArithmeticException if its time is none
         * @throws LogLine.UnreadableException if it is no record for another reason
         */
        void read(LogLine line, long place, Supplier<String> text);
    }

    LogLines(AssignmentUnit unit, Reader reader) {
        this.line = new LogLine(unit);
        this.reader = reader;
    }

    /** Lines that are no object of JSON, or no record of the log. */
    long unreadable() {
        return unreadable;
    }

    void read(LineBlocks.Block block) {
        bytes = block.bytes();
        end = block.length();
        place = block.offset();
        int at = nextLine(0);
        while (at < end) {
            at = isObject(at) ? readMany(at) : readAlone(at);
        }
    }

    /** Reads lines from here on, up to one that is not as all others; returns the beginning of what is left. */
    private int readMany(int start) {
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), bytes, start, end - start)) {
            int at = start;
            while (at < end && isObject(at)) {
                int ended = readOne(json, start);
                if (ended < 0) {
                    return readAlone(at);
                }
                accept(at);
                int next = blankUntil(ended);
                if (next < end && !LineBlocks.isEnd(bytes[next])) {
                    return nextLine(endOfLine(next)); // What follows the entry is not read.
                }
                at = nextLine(next);
            }
            return at;
        }
    }

    /** Returns the end of the entry, or −1 if it cannot be read, or was torn and goes on in the next line. */
    private int readOne(JsonParser json, int start) {
        try {
            json.nextToken();
            int began = json.currentLocation().getLineNr();
            line.read(json);
            TokenStreamLocation ended = json.currentLocation();
            return ended.getLineNr() == began ? start + (int) ended.getByteOffset() : -1;
        } catch (JacksonException | NumberFormatException e) {
            return -1;
        }
    }

    private int readAlone(int start) {
        int after = endOfLine(start);
        String text = new String(bytes, start, after - start, StandardCharsets.UTF_8);
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                line.read(json);
                accept(start);
            } else {
                unreadable++;
            }
        } catch (JacksonException | NumberFormatException e) {
            unreadable++; // A line that was torn by a crash, or is no entry of ours.
        }
        return nextLine(after);
    }

    private void accept(int at) {
        start = at;
        try {
            reader.read(line, place + at, text);
        } catch (DateTimeException | ArithmeticException | LogLine.UnreadableException e) {
            unreadable++;
        }
    }

    private String text() {
        return new String(bytes, start, endOfLine(start) - start, StandardCharsets.UTF_8);
    }

    /** A parser of bytes takes what begins otherwise for another encoding. */
    private boolean isObject(int at) {
        return bytes[at] == '{' && at + 1 < end && bytes[at + 1] != 0;
    }

    private int endOfLine(int from) {
        int at = from;
        while (at < end && !LineBlocks.isEnd(bytes[at])) {
            at++;
        }
        return at;
    }

    private int blankUntil(int from) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private int nextLine(int from) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || LineBlocks.isEnd(bytes[at]))) {
            at++;
        }
        return at;
    }
}
