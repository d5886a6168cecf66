package dev.llmops.core.error;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Knows the exceptions that are thrown before a request reaches its server. */
final class ConnectionErrors {

    private static final List<Class<? extends Throwable>> CLASSES = List.of(
            ConnectException.class,
            NoRouteToHostException.class,
            PortUnreachableException.class,
            UnknownHostException.class,
            UnresolvedAddressException.class,
            SSLException.class);

    /** Clients' own classes, by their simple names. */
    private static final Set<String> NAMES = Set.of(
            "ConnectTimeoutException",
            "ConnectionRequestTimeoutException",
            "PoolAcquireTimeoutException",
            "PoolAcquirePendingLimitException",
            "CallNotPermittedException",
            "RequestNotPermitted",
            "BulkheadFullException",
            "CircuitBreakerOpenException");

    private ConnectionErrors() {}

    /** Returns true if the exception says that nothing was sent: refused, unresolved, no TLS, or not even tried. */
    static boolean isUnanswered(Throwable error) {
        return error instanceof HttpConnectTimeoutException
                || CLASSES.stream().anyMatch(type -> type.isInstance(error))
                || NAMES.contains(error.getClass().getSimpleName())
                || (error instanceof SocketTimeoutException && saysConnect(error));
    }

    private static boolean saysConnect(Throwable error) {
        String message = error.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).startsWith("connect");
    }
}
