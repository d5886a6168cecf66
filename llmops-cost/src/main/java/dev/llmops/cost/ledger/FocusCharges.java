package dev.llmops.cost.ledger;

import dev.llmops.core.CostComponent;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** What an entry charges for, in the words of FOCUS. */
final class FocusCharges {

    private FocusCharges() {}

    /** The price components; of a cost that has none, such as a provider's own figure, the call as a whole. */
    static List<CostComponent> of(LedgerEntry entry) {
        BigDecimal amount = entry.cost().amountOrNull();
        if (amount == null || !entry.cost().components().isEmpty()) {
            return amount == null ? List.of() : entry.cost().components();
        }
        return List.of(new CostComponent("requests", BigDecimal.ONE, amount, BigDecimal.ONE, amount, null));
    }

    /** What the components leave of the amount. */
    static BigDecimal rest(LedgerEntry entry, List<CostComponent> charges) {
        return charges.stream().map(CostComponent::amount).reduce(entry.amountOrZero(), BigDecimal::subtract);
    }

    /** {@code cache_read_tokens} counts {@code Tokens}. */
    static String unit(String bucket) {
        return capitalized(bucket.substring(bucket.lastIndexOf('_') + 1));
    }

    /** {@code cache_read_tokens} is metered as {@code Cache Read Tokens}. */
    static String meter(String bucket) {
        return Arrays.stream(bucket.split("_")).map(FocusCharges::capitalized).collect(Collectors.joining(" "));
    }

    private static String capitalized(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** JSON; the user only as a digest. */
    static String tags(LedgerEntry entry) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = EntryJson.generator(out)) {
            json.writeStartObject();
            if (entry.feature() != null) {
                json.writeStringProperty("feature", entry.feature());
            }
            json.writeStringProperty("version_set", entry.versionSet());
            if (entry.user() != null) {
                json.writeStringProperty("user_hash", digest(entry.user()));
            }
            json.writeEndObject();
        }
        return out.toString();
    }

    private static String digest(String user) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(user.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
