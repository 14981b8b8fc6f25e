/**
 * A run that another tab has published.
 *
 * @typedef {object} PublishedRun
 * @property {string} url for `attach`
 * @property {unknown} detail the detail that the other tab passed to `publishRun`
 */

/**
 * One conversation in this tab, with a channel to the other tabs. A tab does not receive its own messages. Without a channel,
 * as in a sandboxed frame, each tab is on its own, and nothing fails.
 */
class Conversation {
  /** @type {Set<(run: PublishedRun) => void>} */
  subscribers = new Set();
  /** The details of the runs that this tab has published, by URL. @type {Map<string, unknown>} */
  published = new Map();
  /** @type {BroadcastChannel | undefined} */
  #channel;
  /** The URLs that this tab has sent or received already. @type {Set<string>} */
  #knownUrls = new Set();

  /** @param {string} name */
  constructor(name) {
    try {
      this.#channel = new BroadcastChannel(`tokenfall:${name}`);
    } catch {
      return;
    }
    this.#channel.onmessage = ({ data }) => this.#receive(data);
  }

  /** Asks the other tabs for the runs they have published. */
  requestRuns() {
    this.#channel?.postMessage({});
  }

  /** @param {string} url */
  send(url) {
    this.#knownUrls.add(url);
    this.#channel?.postMessage({ url, detail: this.published.get(url) });
  }

  close() {
    this.#channel?.close();
  }

  /** @param {Partial<PublishedRun>} message */
  #receive({ url, detail }) {
    if (!url) {
      for (const published of this.published.keys()) this.send(published);
    } else if (!this.#knownUrls.has(url)) {
      this.#knownUrls.add(url);
      for (const onRun of this.subscribers) onRun({ url, detail });
    }
  }
}

/** @type {Map<string, Conversation>} */
const conversations = new Map();

/**
 * Publishes a run to the other tabs of a conversation: to open tabs at once, to later ones when they ask, until the answer
 * ends. A tab that has attached to the run may publish it, too, so that it can still be found when the first tab is closed.
 *
 * @param {string} conversation any name that the tabs share
 * @param {import('./answer.js').Answer} answer
 * @param {unknown} [detail] sent along, such as the question; any value that can be cloned
 * @returns {Promise<void>} resolves when the answer has ended
 */
export async function publishRun(conversation, answer, detail) {
  const url = await answer.accepted;
  if (!url) return;
  const channel = open(conversation);
  channel.published.set(url, detail);
  channel.send(url);
  await answer.finished;
  channel.published.delete(url);
  closeUnused(conversation);
}

/**
 * Calls back once for every run of a conversation that another tab publishes or has published, for as long as it is being
 * answered. It needs no connection to the server. Read the run with `attach(url)`.
 *
 * @param {string} conversation any name that the tabs share
 * @param {(run: PublishedRun) => void} onRun
 * @returns {() => void} unsubscribes
 */
export function subscribeToRuns(conversation, onRun) {
  const channel = open(conversation);
  channel.subscribers.add(onRun);
  channel.requestRuns();
  return () => {
    channel.subscribers.delete(onRun);
    closeUnused(conversation);
  };
}

/** @param {string} name */
function open(name) {
  const channel = conversations.get(name) ?? new Conversation(name);
  conversations.set(name, channel);
  return channel;
}

/** @param {string} name */
function closeUnused(name) {
  const channel = conversations.get(name);
  if (!channel || channel.subscribers.size || channel.published.size) return;
  channel.close();
  conversations.delete(name);
}
