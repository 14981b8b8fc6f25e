// Node's HTTP server over the official SDK. From its README, section "Streaming responses":
// https://github.com/anthropics/anthropic-sdk-typescript, and https://nodejs.org/api/http.html
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic(); // reads ANTHROPIC_API_KEY and ANTHROPIC_BASE_URL

createServer(async (request, response) => {
  const { prompt } = await json(request);
  const stream = await client.messages.create({
    model: 'claude-sonnet-4-5',
    max_tokens: 2048,
    messages: [{ role: 'user', content: prompt }],
    stream: true,
  });
  response.on('close', () => stream.controller.abort());
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  for await (const event of stream) {
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
      response.write(`event: delta\ndata: ${JSON.stringify({ text: event.delta.text })}\n\n`);
    }
  }
  response.end();
}).listen(process.env.PORT, '127.0.0.1');
