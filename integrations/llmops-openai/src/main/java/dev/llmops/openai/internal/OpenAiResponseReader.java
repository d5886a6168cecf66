package dev.llmops.openai.internal;

import com.openai.models.audio.transcriptions.TranscriptionCreateResponse;
import com.openai.models.audio.transcriptions.TranscriptionStreamEvent;
import com.openai.models.audio.translations.TranslationCreateResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.StructuredChatCompletion;
import com.openai.models.completions.Completion;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.images.ImagesResponse;
import com.openai.models.moderations.ModerationCreateResponse;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.StructuredResponse;
import dev.llmops.core.LlmCall;
import dev.llmops.core.response.ResponseReader;
import java.util.Set;

/**
 * Reads the responses of the OpenAI Java client, whole and in chunks: usage, model, finish reasons, refusals, errors, and as
 * attributes the service tier, the system fingerprint and the response's id. Found by {@link java.util.ServiceLoader}, so
 * that observed methods which return these types are understood without more.
 */
public final class OpenAiResponseReader implements ResponseReader {

    private static final Set<Class<?>> TYPES = Set.of(
            ChatCompletion.class,
            StructuredChatCompletion.class,
            ChatCompletionChunk.class,
            Completion.class,
            CreateEmbeddingResponse.class,
            ImagesResponse.class,
            ModerationCreateResponse.class,
            TranscriptionCreateResponse.class,
            TranscriptionStreamEvent.class,
            TranslationCreateResponse.class,
            Response.class,
            StructuredResponse.class,
            ResponseStreamEvent.class);

    /** Creates a reader. */
    public OpenAiResponseReader() {}

    @Override
    public boolean supports(Class<?> type) {
        return TYPES.contains(type);
    }

    @Override
    public void readResponse(Object response, LlmCall call) {
        if (response instanceof ChatCompletion chat) {
            ChatReading.read(chat, call);
        } else if (response instanceof StructuredChatCompletion<?> chat) {
            ChatReading.read(chat.rawChatCompletion(), call);
        } else if (response instanceof Response answer) {
            ResponseReading.read(answer, call);
        } else if (response instanceof StructuredResponse<?> answer) {
            ResponseReading.read(answer.rawResponse(), call);
        } else if (response instanceof Completion completion) {
            CompletionReading.read(completion, call);
        } else if (response instanceof CreateEmbeddingResponse embeddings) {
            OtherReading.read(embeddings, call);
        } else if (response instanceof ImagesResponse images) {
            OtherReading.read(images, call);
        } else if (response instanceof ModerationCreateResponse moderation) {
            OtherReading.read(moderation, call);
        } else if (response instanceof TranscriptionCreateResponse || response instanceof TranslationCreateResponse) {
            AudioReading.read(response, call);
        }
    }

    @Override
    public void readChunk(Object chunk, LlmCall call) {
        if (chunk instanceof ChatCompletionChunk chat) {
            ChatReading.readChunk(chat, call);
        } else if (chunk instanceof ResponseStreamEvent event) {
            ResponseReading.readEvent(event, call);
        } else if (chunk instanceof Completion completion) {
            CompletionReading.readChunk(completion, call);
        } else if (chunk instanceof TranscriptionStreamEvent event) {
            AudioReading.readEvent(event, call);
        } else {
            readResponse(chunk, call);
        }
    }

    @Override
    public void endStream(LlmCall call) {
        call.endOfStream();
    }
}
