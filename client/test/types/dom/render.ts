// What a TypeScript application writes to draw an answer, checked against the declarations that are published.
import { ask, type Outcome } from 'tokenfall';
import { autoScroll, createRenderer, render, type AutoScroll, type Lexer, type Renderer, type RenderOptions } from 'tokenfall/render';

export async function draw(element: Element, lexer: Lexer) {
  const options: RenderOptions = {
    lexer,
    images: ['https://images.example'],
    scroller: element,
    headingLevel: 2,
    labels: { copy: 'Kopieren', copied: 'Kopiert' },
  };
  const rendering = render(ask('/ask/stream', { prompt: 'Hi' }), element, options);
  const outcome: Outcome = await rendering.finished;
  rendering.close();
  console.log(outcome.text.length);

  const renderer: Renderer = createRenderer(element, { lexer });
  renderer.write('# Earlier');
  await renderer.end();

  const scroll: AutoScroll = autoScroll(element, element, (active: boolean) => console.log(active));
  if (!scroll.active) scroll.scrollToEnd();
  scroll.close();

  // @ts-expect-error there is nothing to lex with
  createRenderer(element, {});
}
