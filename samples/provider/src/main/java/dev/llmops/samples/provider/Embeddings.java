package dev.llmops.samples.provider;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Embeddings in which texts that share words are close to each other. */
final class Embeddings {

    private static final int DIMENSIONS = 256;

    private Embeddings() {}

    /** Answers a request for embeddings. */
    static ObjectNode of(JsonNode request) {
        JsonNode input = request.path("input");
        List<String> texts = new ArrayList<>();
        if (input.isArray()) {
            input.forEach(text -> texts.add(text.asString()));
        } else {
            texts.add(input.asString());
        }
        boolean inBase64 = request.path("encoding_format").asString("float").equals("base64");
        ObjectNode answer = JsonMapper.shared().createObjectNode().put("object", "list");
        answer.put("model", request.path("model").asString("unknown"));
        ArrayNode data = answer.putArray("data");
        for (int i = 0; i < texts.size(); i++) {
            ObjectNode item = data.addObject().put("object", "embedding").put("index", i);
            write(item, vector(texts.get(i)), inBase64);
        }
        int tokens = texts.stream().mapToInt(text -> Words.tokens(text).size()).sum();
        answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return answer;
    }

    private static void write(ObjectNode item, float[] vector, boolean inBase64) {
        if (inBase64) {
            ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            item.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
        } else {
            ArrayNode numbers = item.putArray("embedding");
            for (float number : vector) {
                numbers.add(number);
            }
        }
    }

    /** Counts the words of a text in places that follow from the word, and scales to the length of 1. */
    static float[] vector(String text) {
        float[] vector = new float[DIMENSIONS];
        // No text is at no distance from all others: the cosine of a zero vector is undefined.
        vector[0] = 0.01f;
        for (String word : Words.meaningful(text)) {
            vector[Math.floorMod(word.hashCode(), DIMENSIONS)]++;
        }
        double squares = 0;
        for (float number : vector) {
            squares += number * number;
        }
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    /** Returns the cosine of the angle between two texts, 0 to 1. */
    static double similarity(String one, String other) {
        float[] left = vector(one);
        float[] right = vector(other);
        double product = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            product += left[i] * right[i];
        }
        return product;
    }
}
