package dev.llmops.aspect;

import dev.llmops.core.record.Operation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts that the annotations of one method state.
 *
 * @param operation the operation
 * @param provider the provider
 * @param model the model, unless an argument names one
 * @param feature the feature, or empty
 * @param streaming true if the answer comes in chunks
 * @param deadline how long the caller is willing to wait, or null
 * @param shape what the declared return type says
 * @param returnType the declared return type
 * @param argumentTags the tags of the parameters
 * @param resultTags the tags of the result
 * @param isCall true if it is observed as a call
 * @param phase the name of its phase, or null if it is none
 * @param tool the name of its tool, or null if it is none
 * @param problems what is wrong with the annotations, a sentence each
 */
record ObservedMethod(
        Operation operation,
        String provider,
        String model,
        String feature,
        boolean streaming,
        @Nullable Duration deadline,
        ReturnShape shape,
        Class<?> returnType,
        List<Tag> argumentTags,
        List<Tag> resultTags,
        boolean isCall,
        @Nullable String phase,
        @Nullable String tool,
        List<String> problems) {}
