// Witness: the official TypeScript SDK reads one stream of the model server.
// Usage: node anthropic.mjs BASE_URL API_KEY. Prints one line of JSON: the message, or the error as the SDK sees it.
import Anthropic from '@anthropic-ai/sdk';

const [baseURL, apiKey] = process.argv.slice(2);
const client = new Anthropic({ baseURL, apiKey, maxRetries: 0 });

let result;
try {
  const stream = client.messages.stream({
    model: 'claude-test',
    max_tokens: 64,
    messages: [{ role: 'user', content: 'Hi' }],
  });
  result = { message: await stream.finalMessage() };
} catch (error) {
  result = {
    error: {
      name: error.constructor.name,
      status: error.status ?? null,
      type: error.error?.error?.type ?? null,
      requestId: error.requestID ?? null,
      message: error.message,
    },
  };
}
console.log(JSON.stringify(result));
