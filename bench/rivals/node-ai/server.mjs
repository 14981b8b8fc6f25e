// Vercel's AI SDK on Node's HTTP server. From its recipe "Node.js HTTP Server", section "UI Message Stream":
// https://ai-sdk.dev/v6/cookbook/api-servers/node-http-server, and https://ai-sdk.dev/providers/ai-sdk-providers/anthropic (baseURL)
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { createAnthropic } from '@ai-sdk/anthropic';
import { streamText } from 'ai';

const anthropic = createAnthropic({ baseURL: `${process.env.ANTHROPIC_BASE_URL}/v1` });

createServer(async (request, response) => {
  const { prompt } = await json(request);
  const result = streamText({ model: anthropic('claude-sonnet-4-5'), prompt });
  result.pipeUIMessageStreamToResponse(response);
}).listen(process.env.PORT, '127.0.0.1');
