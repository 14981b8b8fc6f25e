import { byId, make, makeButton } from '../dom.js';

const titleLength = 60;

/**
 * Shows what surrounds the turns: the page's title, and what to say where there are none.
 *
 * @param {import('./open-conversation.js').OpenConversation | undefined} open nothing if nobody is signed in
 * @param {{ retry: () => void, href: string }} actions `href` leads to a new chat
 */
export function showPlace(open, { retry, href }) {
  const first = open?.last && (open.conversation.title ?? open.conversation.turns[0].question.text);
  document.title = first ? `${first.slice(0, titleLength)} · Tokenfall` : 'Tokenfall';
  const isNew = open?.state === 'ready' && open.conversation.isEmpty;
  byId('empty').hidden = !isNew;
  byId('new').hidden = isNew;
  byId('ask').hidden = open?.state === 'missing';
  byId('turns').hidden = open?.state === 'missing';
  const notice = byId('notice');
  notice.hidden = open === undefined || open.state === 'ready';
  if (notice.dataset.state === (open?.state ?? '')) return;
  notice.dataset.state = open?.state ?? '';
  if (open?.state === 'loading') notice.replaceChildren(make('p', '', 'Loading the conversation…'));
  if (open?.state === 'failed') notice.replaceChildren(make('h2', '', 'The conversation cannot be loaded'), make('p', '', open.failure), makeButton('Retry', retry));
  if (open?.state === 'missing') {
    const link = make('a', 'button', 'New chat');
    link.href = href;
    notice.replaceChildren(make('h2', '', 'This conversation is not here'), make('p', '', 'It was deleted, or it belongs to another account.'), link);
  }
}
