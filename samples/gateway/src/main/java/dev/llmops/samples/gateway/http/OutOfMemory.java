package dev.llmops.samples.gateway.http;

import io.vertx.core.Vertx;

/** Ends the process when memory runs out: a gateway that has lost threads or callbacks answers some requests and hangs others. */
public final class OutOfMemory {

    private static final int EXIT_STATUS = 3;

    private OutOfMemory() {}

    /** Watches all threads, and what event loops catch. */
    public static void exits(Vertx vertx) {
        vertx.exceptionHandler(OutOfMemory::check);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            check(failure);
            failure.printStackTrace();
        });
    }

    /** Ends the process if the failure, or a cause of it, is a lack of memory; without hooks, which need memory too. */
    public static void check(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof OutOfMemoryError) {
                Runtime.getRuntime().halt(EXIT_STATUS);
            }
        }
    }
}
