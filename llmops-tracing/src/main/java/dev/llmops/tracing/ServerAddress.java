package dev.llmops.tracing;

import java.util.OptionalInt;

/** A server's host and port, which OpenTelemetry has as separate attributes. */
record ServerAddress(String host, OptionalInt port) {

    private static final int MAX_PORT = 65_535;

    /** Reads {@code host}, {@code host:port}, {@code [v6]:port} or a bare IPv6 address. */
    static ServerAddress of(String address) {
        int colon = address.lastIndexOf(':');
        boolean bracketed = address.startsWith("[");
        boolean endsInPort = bracketed ? colon > address.indexOf(']') : colon > 0 && colon == address.indexOf(':');
        OptionalInt port = endsInPort ? port(address.substring(colon + 1)) : OptionalInt.empty();
        String host = port.isPresent() ? address.substring(0, colon) : address;
        return new ServerAddress(bracketed && host.endsWith("]") ? host.substring(1, host.length() - 1) : host, port);
    }

    private static OptionalInt port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= MAX_PORT ? OptionalInt.of(port) : OptionalInt.empty();
    }
}
