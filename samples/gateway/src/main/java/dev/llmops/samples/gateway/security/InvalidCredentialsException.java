package dev.llmops.samples.gateway.security;

import java.nio.file.Path;
import java.util.List;

/** A file of credentials that breaks rules; the message names all of them, and no secret. */
public final class InvalidCredentialsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidCredentialsException(Path file, List<String> problems) {
        super(file + ": " + String.join("; ", problems));
    }
}
