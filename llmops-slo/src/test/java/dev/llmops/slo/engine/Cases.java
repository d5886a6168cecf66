package dev.llmops.slo.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmops.slo.internal.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import tools.jackson.databind.JsonNode;

/** Reads test material by others; tests that need it are skipped where it is absent. */
public final class Cases {

    private Cases() {}

    public static Path folder() {
        Path folder = Path.of(System.getProperty("llmops.cases", "absent"), "slo");
        assumeTrue(Files.isDirectory(folder), "no cases at " + folder);
        return folder;
    }

    public static JsonNode json(String name) {
        try {
            return Yaml.readJson(Files.readString(folder().resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Collection<JsonNode> rows(String file, String key) {
        return json(file).get(key).values();
    }

    /** An exact fraction such as 72/5. */
    static BigDecimal exact(JsonNode number) {
        String[] parts = number.get("exact").asString().split("/", -1);
        BigDecimal numerator = new BigDecimal(parts[0]);
        return parts.length == 1 ? numerator : numerator.divide(new BigDecimal(parts[1]), MathContext.DECIMAL128);
    }
}
