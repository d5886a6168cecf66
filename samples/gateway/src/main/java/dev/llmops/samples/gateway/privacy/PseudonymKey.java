package dev.llmops.samples.gateway.privacy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;

/** The secret behind pseudonyms. Anyone who has it can test guesses; changing it gives every user a new pseudonym. */
public final class PseudonymKey {

    /** Gives the gateways of a fleet the same key. */
    public static final String VARIABLE = "LLMOPS_PSEUDONYM_KEY";

    public static final int MIN_BYTES = 16;

    private static final int RANDOM_BYTES = 32;

    private PseudonymKey() {}

    /** Returns the key of the environment, or else the one that the data directory holds; the first start makes it. */
    public static byte[] find(Map<String, String> environment, Path dataDir) {
        String given = environment.get(VARIABLE);
        if (given != null) {
            return given.getBytes(StandardCharsets.UTF_8);
        }
        Path file = dataDir.resolve("pseudonym.key");
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : create(file);
        } catch (IOException e) {
            throw new IllegalStateException("the key of pseudonyms in --data-dir cannot be used: " + e, e);
        }
    }

    private static byte[] create(Path file) throws IOException {
        byte[] key = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(key);
        Path complete = Files.createTempFile(file.getParent(), "pseudonym", ".key"); // readable by its owner only
        Files.write(complete, key);
        Files.move(complete, file);
        return key;
    }
}
