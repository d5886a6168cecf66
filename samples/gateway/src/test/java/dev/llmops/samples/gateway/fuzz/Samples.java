package dev.llmops.samples.gateway.fuzz;

/** What each reader reads when all is well. */
final class Samples {

    static final String[] ANSWERS = {"""
        {"id":"c1","object":"chat.completion","model":"gpt-4o","choices":[{"index":0,"finish_reason":"stop","message":
        {"role":"assistant","content":"hi","refusal":null,"tool_calls":[{"id":"t","type":"function","function":
        {"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}}]}}],"usage":{"prompt_tokens":812,"completion_tokens":333,
        "total_tokens":1145,"prompt_tokens_details":{"cached_tokens":12},"completion_tokens_details":{"reasoning_tokens":5}}}
        """, """
        {"id":"r1","object":"response","status":"completed","model":"gpt-4o","output":[{"type":"message","content":
        [{"type":"output_text","text":"hi"}]}],"usage":{"input_tokens":812,"output_tokens":333,
        "input_tokens_details":{"cached_tokens":12},"output_tokens_details":{"reasoning_tokens":5}}}
        """, """
        {"id":"m1","type":"message","role":"assistant","model":"claude","stop_reason":"end_turn","content":[{"type":"text",
        "text":"hi"}],"usage":{"input_tokens":812,"cache_read_input_tokens":12,"cache_creation_input_tokens":0,
        "cache_creation":{"ephemeral_5m_input_tokens":0},"output_tokens":333}}
        """, """
        {"id":"c2","choices":[{"index":0,"message":{"content":"hi"}}],"usage":{"prompt_tokens":8,"prompt_tokens":9}}
        """, """
        {"object":"list","model":"e","data":[{"object":"embedding","index":0,"embedding":[0.1,-0.2]}],
        "usage":{"prompt_tokens":8,"total_tokens":8}}
        """};

    static final String[] STREAMS = {"""
        data: {"id":"c1","model":"gpt-4o","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"content":"hi","reasoning_content":"hm"}}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"id":"c1","choices":[],"usage":{"prompt_tokens":8,"completion_tokens":3}}

        data: [DONE]

        """, """
        event: response.created
        data: {"type":"response.created","response":{"id":"r1","status":"in_progress","model":"gpt-4o"}}

        event: response.output_text.delta
        data: {"type":"response.output_text.delta","delta":"hi"}

        event: response.completed
        data: {"type":"response.completed","response":{"id":"r1","status":"completed","usage":{"input_tokens":8,"output_tokens":3}}}

        """, """
        event: message_start
        data: {"type":"message_start","message":{"id":"m1","model":"claude","usage":{"input_tokens":8,"output_tokens":1}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hi"}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}

        event: message_stop
        data: {"type":"message_stop"}

        """};

    static final String[] ERRORS = {"""
        {"error":{"message":"Rate limit reached","type":"rate_limit_error","code":"rate_limit_exceeded","param":null}}
        """, """
        {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}
        """, """
        {"object":"error","message":"CUDA out of memory","code":500,"detail":[{"loc":["body"],"msg":"x"}]}
        """};

    static final String PRICE_BOOK = """
            format: llmops-price-book/1
            published: 2026-08-20
            providers: [{id: acme, source: a letter}]
            models:
              - provider: acme
                model: paint
                prices:
                  - {rates: {input_tokens: {price: 0.05, tiers: [{above: 256000, price: 0.25}]}, output_tokens: 10}}
            """;

    static final String LITELLM = """
            {"gpt-4o": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2.5e-06,
             "output_cost_per_token": 1e-05, "max_tokens": 16384}}
            """;

    static final String GENAI_PRICES = """
            [{"id": "openai", "name": "OpenAI", "api_pattern": "https://api.openai.com", "models": [{"id": "gpt-4o",
              "match": {"equals": "gpt-4o"}, "prices": {"input_mtok": 2.5, "output_mtok": 10}}]}]
            """;

    static final String OBJECTIVES = """
            version: llmops.slo/v1
            service: answers
            objectives:
              - name: fast
                indicator: {type: timeToFirstToken, threshold: 500ms}
                target: 99.9%
                window: 30d
                groupBy: model
              - name: cheap
                indicator: {type: cost, limit: 0.02, currency: USD}
                target: 0.95
                alerts:
                  tiers: [{severity: page, long: 6h, short: 30m, factor: 4}]
            """;

    static final String OPENSLO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: web}
            spec:
              service: web
              indicator:
                metadata: {name: web-ratio}
                spec:
                  ratioMetric:
                    counter: true
                    good: {metricSource: {type: Prometheus, spec: {query: 'sum(rate(good[5m]))'}}}
                    total: {metricSource: {type: Prometheus, spec: {query: 'sum(rate(all[5m]))'}}}
              timeWindow: [{duration: 28d, isRolling: true}]
              budgetingMethod: Occurrences
              objectives: [{target: 0.99}]
            """;

    static final String SLOTH = """
            version: prometheus/v1
            service: web
            slos:
              - name: requests
                objective: 99.9
                sli: {events: {error_query: 'sum(rate(bad[{{.window}}]))', total_query: 'sum(rate(all[{{.window}}]))'}}
                alerting: {name: WebErrors}
            """;

    static final String LOG = """
            {"schema":"llmops.call/1","timestamp":"2026-08-01T00:00:10Z","request_id":"r1","operation":"chat","status":"success",
            "provider":"openai","model_id":"gpt-4o","user_id":"u1","tokens_in":8,"tokens_out":3,"sample_rate":1.0,
            "latency_ms":{"total":120.5,"first_token":20.5},"cost":{"amount":"0.01","currency":"USD","state":"exact"}}
            """.replace("\n\"", "\"").replace(",\n", ",");

    static final String HEADERS = """
            00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
            congo=t61rcWkgMzE,rojo=00f067aa0ba902b7
            llmops.version_set.prompt=support-v12,llmops.version_set.index=i%207;property=1
            """;

    static final String CREDENTIALS = """
            credentials:
              - {name: app, sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08, role: call, requests_per_minute: 600}
              - {name: ada, sha256: fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13, role: operate, user: ada}
            """;

    static final String QUERY = """
            {"status":"success","data":{"resultType":"vector","result":[{"metric":{"model":"gpt-4o","le":"+Inf"},
            "value":[1735689600.123,"42.5"]}]}}
            """;

    static final String[] RECORDS = {"""
            {"schema":"llmops.call/1","timestamp":"2026-08-01T00:00:10Z","call_id":"0193a5a0-0000-7000-8000-000000000001",
            "request_id":"r1","operation":"chat","status":"success","provider":"openai","model_id":"gpt-4o","user_id":"u1",
            "streaming":true,"tokens_in":8,"tokens_out":3,"tokens":{"origin":"reported","cached_input":2},"retries":1,
            "latency_ms":{"total":120.5,"first_token":20.5,"generation":100.0,"per_output_token":50.0},
            "finish_reasons":["stop"],"tool_calls":[{"name":"t","latency_ms":1.5,"success":false}],
            "error":{"kind":"timeout","type":"t","http_status":504,"message":"m"},"cache_hit":false,
            "cost":{"amount":"0.01","currency":"USD","state":"exact"},"risk":[{"type":"pii_leak","action":"logged"}],
            "version_set":{"id":"v","code":"1.4.2"},"attributes":{"a":1,"b":0.5,"c":["x"],"d":true},"sample_rate":1.0}
            """.replace("\n", ""), """
            {"schema":"llmops.evaluation/1","timestamp":"2026-08-01T00:00:10Z","call_id":"0193a5a0-0000-7000-8000-000000000001",
            "provider":"openai","model_id":"gpt-4o","evaluation":"faithfulness","score":0.75,"label":"good","evaluator":"j"}
            """.replace("\n", ""), """
            {"schema":"llmops.feedback/1","timestamp":"2026-08-01T00:00:10Z","call_id":"0193a5a0-0000-7000-8000-000000000001",
            "provider":"openai","model_id":"gpt-4o","verdict":"down","comment":"no"}
            """.replace("\n", "")};

    static final String DRIFT_WINDOW = """
            {"from":"2026-08-01T00:00:00Z","to":"2026-08-02T00:00:00Z","profileDigest":"d","counts":{"tokens_in":[1,2,3]},
            "embeddings":{},"otherVersionSets":["v"]}
            """;

    static final String DRIFT_PROFILE = """
            {"schema":"llmops.drift-profile/v2","digest":"d","versionSet":"v","from":"2026-08-01T00:00:00Z","to":"2026-08-02T00:00:00Z",
            "zone":"Z","features":[{"name":"tokens_in","edges":[1.0,2.0],"centres":[1.5],"counts":[1,2,3]}],"embeddings":[]}
            """;

    static final String EVIDENCE = """
            {"schema":"llmops.gate-evidence/1","change_id":"r1","sums":[{"stage":"50%","series":"units","arm":"candidate",
            "n":2,"bad":0,"sum_nanos":5,"squares":25}],"not_counted":{"late":1}}
            """;

    static final String GATE_QUERY = """
            {"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"llm_gate_events_total",
            "change":"r1","stage":"50%","series":"units","arm":"candidate","verdict":"good"},"value":[1735689600.123,"42"]}]}}
            """;

    static final String REQUEST = """
            {"model":"gpt-4o","max_tokens":12,"temperature":0.5,"stream":true,"messages":[{"role":"user","content":"hi"}]}
            """;

    static final String MANIFEST = """
            {"files":{"decision.json":{"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","bytes":4}}}
            """;

    static final String CASES = """
            {"id":"c1","question":"q","answer":"a","good":false,"versionSet":"v","feature":"f","traceId":"t","consent":true,
            "signature":{"reason":"failed","detail":"TIMEOUT"}}
            """.replace("\n\"", "\"");

    private Samples() {}
}
