package dev.llmops.cli.internal.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in words why a command failed.
 *
 * @since 0.1.0
 */
public final class Failures {

    private Failures() {}

    /**
     * Returns what people read.
     *
     * @param failure what a command threw
     * @return what is wrong and what to do; for other failures, their type and message
     */
    public static String message(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        if (failure instanceof UncheckedIOException && cause != null) {
            return cause.toString().equals(failure.getMessage())
                    ? message(cause)
                    : failure.getMessage() + " (" + message(cause) + ")";
        }
        if (failure instanceof FileSystemException file) {
            return file.getFile() + ": " + reason(file);
        }
        if (failure instanceof SQLException && failure.getMessage() != null) {
            return "the database does not answer ("
                    + failure.getMessage().lines().findFirst().orElse("")
                    + ") — the address of a database with the tables is needed, as jdbc:postgresql://host/database?user=reader"
                    + " — check the address and the rights of its user";
        }
        boolean isOurs = failure instanceof IllegalArgumentException
                || failure instanceof IOException
                || failure.getClass().getName().startsWith("dev.llmops");
        @Nullable String message = failure.getMessage();
        return isOurs && message != null ? message : failure.toString();
    }

    private static String reason(FileSystemException failure) {
        if ("Is a directory".equals(failure.getReason())) {
            return "this is a folder — a file is needed — name a file in it";
        }
        if (failure.getReason() != null) {
            return failure.getReason();
        }
        if (failure instanceof AccessDeniedException) {
            return "access is denied — check its permissions";
        }
        return failure instanceof FileAlreadyExistsException
                ? "this is a file — a folder is written to — name another one"
                : "there is no such file or folder — check the path";
    }
}
