package dev.llmops.endings;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request as it came over the connection. */
record HttpRequest(String path, String body) {

    /** Reads the next request of a connection; returns null at its end. */
    static @Nullable HttpRequest read(InputStream in) throws IOException {
        String requestLine = line(in);
        if (requestLine == null || requestLine.isEmpty()) {
            return null;
        }
        long length = 0;
        boolean chunked = false;
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        byte[] body = chunked ? chunks(in) : in.readNBytes((int) length);
        return new HttpRequest(target(requestLine), new String(body, StandardCharsets.UTF_8));
    }

    boolean isStream() {
        return body.replace(" ", "").contains("\"stream\":true");
    }

    /** Returns true if the request brings the result of a tool. */
    boolean hasToolResult() {
        return body.contains("\"tool_result\"")
                || body.contains("\"function_call_output\"")
                || body.replace(" ", "").contains("\"role\":\"tool\"");
    }

    private static String target(String requestLine) {
        int start = requestLine.indexOf(' ') + 1;
        return requestLine.substring(start, requestLine.indexOf(' ', start));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        String line = line(in);
        return line == null ? 0 : Integer.parseInt(line.strip(), 16);
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }
}
