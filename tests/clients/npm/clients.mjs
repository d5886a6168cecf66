// OpenAI's own client and the Vercel AI SDK through the gateway: the same features, checks and table as the Java clients.
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOpenAI } from '@ai-sdk/openai';
import { embedMany, generateText, isStepCount, streamText, tool } from 'ai';
import OpenAI from 'openai';
import { z } from 'zod';

const { GATEWAY, GATEWAY_LOG, CELLS } = process.env;
const baseURL = `${GATEWAY}/v1`;
// The SDK warns about settings that it would like.
globalThis.AI_SDK_LOG_WARNINGS = false;
const QUESTION = 'Do I need an umbrella?';
const CITY = 'mock city';
const IMAGE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The records of the calls to a model, once there are so many. */
async function records(model, count) {
  for (let tries = 0; ; tries++) {
    const found = readFileSync(GATEWAY_LOG, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line))
      .filter((line) => line.schema === 'llmops.call/1' && line.model_id === model);
    if (found.length >= count || tries === 200) {
      assert.equal(found.length, count, `records of ${model}`);
      found.forEach((record) => assert.equal(record.status, 'success'));
      return found;
    }
    await sleep(100);
  }
}

/** The client understood the answer, and the gateway has one record of it, with the tokens that the client was told. */
async function agrees(model, answer, streaming) {
  assert.match(answer.text, /\w/);
  const [record] = await records(model, 1);
  assert.equal(record.streaming, streaming);
  assert.equal(record.operation, 'chat');
  assert.equal(record.tokens.origin, 'reported');
  assert.ok(record.tokens_in > 0 && record.tokens_out > 0);
  assert.equal(record.tokens_in, answer.tokensIn);
  assert.equal(record.tokens_out, answer.tokensOut);
}

const features = {
  chat: async (client, model) => agrees(model, await client.chat(model), false),
  stream: async (client, model) => agrees(model, await client.stream(model), true),
  tools: async (client, model) => {
    const [city, text] = await client.tools(model);
    assert.equal(city, CITY);
    assert.match(text, /\w/);
    const [first, second] = await records(model, 2);
    assert.deepEqual(first.finish_reasons, ['tool_calls']);
    assert.equal(first.tool_calls[0].name, 'weather');
    assert.deepEqual(second.finish_reasons, ['stop']);
    assert.equal(second.tokens.origin, 'reported');
  },
  images: async (client, model) => agrees(model, await client.image(model), false),
  embeddings: async (client, model) => {
    const { vectors, tokensIn } = await client.embed(model, ['rain', 'sun']);
    assert.deepEqual(vectors.map((vector) => vector.length), [8, 8]);
    const [record] = await records(model, 1);
    assert.equal(record.operation, 'embeddings');
    assert.equal(record.tokens_in, tokensIn);
  },
  models: async (client) => assert.ok((await client.models()).includes('gpt-4o-mini')),
  responses: async (client, model) => agrees(model, await client.respond(model), false),
  'responses-stream': async (client, model) => agrees(model, await client.streamResponse(model), true),
  moderations: async (client, model) => {
    assert.equal(await client.isFlagged(model), false);
    const [record] = await records(model, 1);
    assert.equal(record.operation, 'moderation');
  },
};

const openai = new OpenAI({ baseURL, apiKey: 'key' });
const user = (content) => [{ role: 'user', content }];
const ofCompletion = ({ choices, usage }) => ({
  text: choices[0].message.content,
  tokensIn: usage.prompt_tokens,
  tokensOut: usage.completion_tokens,
});
const ofResponse = ({ output_text, usage }) => ({
  text: output_text,
  tokensIn: usage.input_tokens,
  tokensOut: usage.output_tokens,
});
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

const openaiClient = {
  chat: async (model) => ofCompletion(await openai.chat.completions.create({ model, messages: user(QUESTION) })),
  stream: async (model) => {
    const options = { stream_options: { include_usage: true } };
    const stream = openai.chat.completions.stream({ model, messages: user(QUESTION), ...options });
    return ofCompletion(await stream.finalChatCompletion());
  },
  tools: async (model) => {
    const tools = [{ type: 'function', function: { name: 'weather', parameters } }];
    const messages = user(QUESTION);
    const first = await openai.chat.completions.create({ model, messages, tools });
    const [call] = first.choices[0].message.tool_calls;
    const result = { role: 'tool', tool_call_id: call.id, content: 'rain' };
    messages.push(first.choices[0].message, result);
    const second = await openai.chat.completions.create({ model, messages, tools });
    return [JSON.parse(call.function.arguments).city, second.choices[0].message.content];
  },
  image: async (model) => {
    const url = `data:image/png;base64,${IMAGE}`;
    const parts = [{ type: 'text', text: QUESTION }, { type: 'image_url', image_url: { url } }];
    return ofCompletion(await openai.chat.completions.create({ model, messages: user(parts) }));
  },
  embed: async (model, input) => {
    const { data, usage } = await openai.embeddings.create({ model, input });
    return { vectors: data.map((each) => each.embedding), tokensIn: usage.prompt_tokens };
  },
  models: async () => {
    const names = [];
    for await (const model of openai.models.list()) names.push(model.id);
    return names;
  },
  respond: async (model) => ofResponse(await openai.responses.create({ model, input: QUESTION })),
  streamResponse: async (model) => {
    const stream = openai.responses.stream({ model, input: QUESTION });
    return ofResponse(await stream.finalResponse());
  },
  isFlagged: async (model) => (await openai.moderations.create({ model, input: QUESTION })).results[0].flagged,
};

const vercel = createOpenAI({ baseURL, apiKey: 'key' });
const ofVercel = async (result) => {
  const usage = await result.usage;
  return { text: await result.text, tokensIn: usage.inputTokens, tokensOut: usage.outputTokens };
};
const streamed = async (model) => {
  const result = streamText({ model, prompt: QUESTION });
  for await (const piece of result.textStream) assert.equal(typeof piece, 'string');
  return ofVercel(result);
};

const vercelClient = {
  chat: async (model) => ofVercel(await generateText({ model: vercel.chat(model), prompt: QUESTION })),
  stream: (model) => streamed(vercel.chat(model)),
  tools: async (model) => {
    let asked;
    const weather = tool({
      description: 'Tells the weather of a city',
      inputSchema: z.object({ city: z.string() }),
      execute: async ({ city }) => {
        asked = city;
        return 'rain';
      },
    });
    const tools = { weather };
    const { text } = await generateText({ model: vercel.chat(model), prompt: QUESTION, tools, stopWhen: isStepCount(3) });
    return [asked, text];
  },
  image: async (model) => {
    const parts = [{ type: 'text', text: QUESTION }, { type: 'file', mediaType: 'image/png', data: IMAGE }];
    return ofVercel(await generateText({ model: vercel.chat(model), messages: user(parts) }));
  },
  embed: async (model, values) => {
    const { embeddings, usage } = await embedMany({ model: vercel.embedding(model), values });
    return { vectors: embeddings, tokensIn: usage.tokens };
  },
  respond: async (model) => ofVercel(await generateText({ model: vercel.responses(model), prompt: QUESTION })),
  streamResponse: (model) => streamed(vercel.responses(model)),
};
// The features whose method has another name.
const methods = {
  images: 'image',
  embeddings: 'embed',
  responses: 'respond',
  'responses-stream': 'streamResponse',
  moderations: 'isFlagged',
};
let failed = false;
mkdirSync(CELLS, { recursive: true });
for (const [name, client] of Object.entries({ 'openai-npm': openaiClient, 'vercel-ai': vercelClient })) {
  for (const [feature, check] of Object.entries(features)) {
    let cell = 'none';
    if (client[methods[feature] ?? feature]) {
      try {
        await check(client, `${name}-${feature}`);
        cell = 'pass';
      } catch (error) {
        console.error(`${name} ${feature}:`, error);
        failed = true;
        cell = 'FAIL';
      }
    }
    appendFileSync(`${CELLS}/${name}.tsv`, `${name}\t${feature}\t${cell}\n`);
  }
}
process.exitCode = failed ? 1 : 0;
