package dev.llmops.samples.gateway.mock;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form in which a request wants its embeddings.
 *
 * @param inputs the number of texts
 * @param dimensions of each vector
 * @param base64 true for floats in little-endian order, in Base64, as OpenAI's own clients ask for them
 */
record MockEmbeddings(int inputs, int dimensions, boolean base64) {

    private static final int DEFAULT_DIMENSIONS = 8;
    private static final int MAX_DIMENSIONS = 4_096;

    static MockEmbeddings of(JsonNode request) {
        JsonNode input = request.path("input");
        int dimensions = request.path("dimensions").asInt(DEFAULT_DIMENSIONS);
        return new MockEmbeddings(
                input.isArray() && !input.path(0).isNumber() ? input.size() : 1,
                Math.max(1, Math.min(MAX_DIMENSIONS, dimensions)),
                request.path("encoding_format").stringValue("").equals("base64"));
    }

    /** Adds a vector for each text. */
    void addTo(ArrayNode data, SplittableRandom random) {
        for (int i = 0; i < inputs; i++) {
            ObjectNode embedding = data.addObject().put("object", "embedding").put("index", i);
            if (base64) {
                ByteBuffer bytes = ByteBuffer.allocate(dimensions * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                random.doubles(dimensions, -1, 1).forEach(value -> bytes.putFloat((float) value));
                embedding.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
            } else {
                ArrayNode vector = embedding.putArray("embedding");
                random.doubles(dimensions, -1, 1).forEach(vector::add);
            }
        }
    }
}
