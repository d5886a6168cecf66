package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorResponseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // OpenAI and Azure OpenAI
                "429 | rate_limited | {'error':{'message':'Rate limit reached','type':'requests','param':null,'code':'rate_limit_exceeded'}}",
                "429 | rate_limited | {'error':{'message':'You exceeded your current quota','type':'insufficient_quota','code':'insufficient_quota'}}",
                "401 | authentication | {'error':{'message':'Incorrect API key provided','type':'invalid_request_error','code':'invalid_api_key'}}",
                "400 | context_length | {'error':{'message':'too long','type':'invalid_request_error','code':'context_length_exceeded'}}",
                "400 | invalid_request | {'error':{'message':'bad temperature','type':'invalid_request_error','param':'temperature','code':null}}",
                "404 | not_found | {'error':{'message':'The model x does not exist','type':'invalid_request_error','code':'model_not_found'}}",
                "500 | provider_unavailable | {'error':{'message':'The server had an error','type':'server_error','code':null}}",
                "400 | content_filter | {'error':{'message':'filtered','code':'content_filter','status':400,'innererror':{'code':'ResponsibleAIPolicyViolation'}}}",
                // Anthropic
                "529 | overloaded | {'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}",
                "429 | rate_limited | {'type':'error','error':{'type':'rate_limit_error','message':'slow'}}",
                "400 | context_length | {'type':'error','error':{'type':'invalid_request_error','message':'prompt is too long: 210000 tokens > 200000 maximum'}}",
                "403 | permission | {'type':'error','error':{'type':'permission_error','message':'no'}}",
                "500 | provider_unavailable | {'type':'error','error':{'type':'api_error','message':'Internal server error'}}",
                // Gemini
                "429 | rate_limited | {'error':{'code':429,'message':'quota','status':'RESOURCE_EXHAUSTED'}}",
                "503 | provider_unavailable | {'error':{'code':503,'message':'try later','status':'UNAVAILABLE'}}",
                "400 | authentication | {'error':{'code':400,'message':'API key not valid','status':'INVALID_ARGUMENT','details':[{'reason':'API_KEY_INVALID'}]}}",
                "504 | timeout | {'error':{'code':504,'message':'late','status':'DEADLINE_EXCEEDED'}}",
                // Bedrock
                "400 | rate_limited | {'__type':'com.amazon.coral.service#ThrottlingException','message':'Too many requests'}",
                "400 | invalid_request | {'__type':'ValidationException','message':'malformed input'}",
                "400 | context_length | {'__type':'ValidationException','message':'Input is too long for requested model.'}",
                "403 | permission | {'__type':'AccessDeniedException','Message':'no access'}",
                // vLLM, TGI, llama.cpp
                "400 | context_length | {'object':'error','message':'This model has a maximum context length of 4096 tokens.','type':'BadRequestError','code':400}",
                "500 | out_of_memory | {'object':'error','message':'CUDA out of memory. Tried to allocate 2.00 GiB.','type':'InternalServerError','code':500}",
                "500 | cuda_error | {'error':{'message':'CUDA error: an illegal memory access was encountered','type':'InternalServerError'}}",
                "400 | out_of_memory | {'error':'CUDA error: out of memory','error_type':'generation'}",
                "429 | overloaded | {'error':'Model is overloaded','error_type':'overloaded'}",
                "503 | model_load_failed | {'error':{'message':'Failed to load model /m','type':'unavailable_error','code':503}}",
                "400 | context_length | {'error':{'code':400,'message':'request exceeds','type':'exceed_context_size_error'}}",
                // our own words come back as they are
                "502 | protocol_error | {'error':{'message':'m','type':'protocol_error','param':null,'code':null}}",
                // nothing but a status
                "401 | authentication | ''",
                "402 | budget_exceeded | ''",
                "408 | timeout | ''",
                "418 | invalid_request | ''",
                "502 | provider_unavailable | <html>Bad Gateway</html>",
                "529 | overloaded | ''",
            })
    void an_http_error_is_classified_by_words_then_code_then_status(int status, String kind, String body) {
        CallError error = ErrorResponse.http(status, body.replace('\'', '"')).toCallError();
        assertThat(error.kind().name()).isEqualTo(kind);
        assertThat(error.httpStatus()).isEqualTo(OptionalInt.of(status));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "overloaded | {'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}",
                "rate_limited | {'error':{'code':429,'message':'upstream said no'}}",
                "out_of_memory | {'error':{'message':'torch.OutOfMemoryError: CUDA out of memory','type':'InternalServerError','code':500}}",
                "provider_unavailable | {'error':{'message':'something'}}",
                "provider_unavailable | half an obj",
            })
    void an_error_inside_a_stream_needs_no_status(String kind, String event) {
        CallError error = ErrorResponse.inStream(event.replace('\'', '"')).toCallError();
        assertThat(error.kind().name()).isEqualTo(kind);
        assertThat(error.httpStatus()).isEmpty();
    }

    @Test
    void the_providers_code_is_the_type_and_its_message_is_kept_apart() {
        CallError error = ErrorResponse.http(
                        429, "{\"error\":{\"message\":\"caf\\u00e9 \\\"x\\\"\\n\",\"code\":\"rate_limit_exceeded\"}}")
                .toCallError();
        assertThat(error.type()).isEqualTo("rate_limit_exceeded");
        assertThat(error.message()).isEqualTo("café \"x\"\n");
    }

    @Test
    void a_code_that_is_a_sentence_is_no_type() {
        CallError error = ErrorResponse.http(400, "{\"code\":\"user bob@example.org has no access\"}")
                .toCallError();
        assertThat(error.type()).isEqualTo("http_400");
    }

    @Property
    void any_body_is_classified(@ForAll String body) {
        assertThat(ErrorResponse.http(500, body).toCallError().kind()).isNotNull();
        assertThat(ErrorResponse.inStream("{\"error\":" + body).toCallError().type())
                .isNotBlank();
    }
}
