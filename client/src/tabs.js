/**
 * A run that another tab has started.
 *
 * @typedef {object} TabRun
 * @property {string} url for `attach`
 * @property {unknown} detail what the other tab gave to `announce`
 */

/**
 * One conversation in this tab: its channel to the other tabs. What this tab posts does not come back to it. Where there is no
 * channel, in a sandboxed frame for instance, every tab is alone, and nothing fails.
 */
class Conversation {
  /** @type {Set<(run: TabRun) => void>} */
  watchers = new Set();
  /** Runs that this tab reads, and tells who asks. @type {Map<string, unknown>} */
  running = new Map();
  /** @type {BroadcastChannel | undefined} */
  #channel;
  /** @type {Set<string>} */
  #told = new Set();

  /** @param {string} name */
  constructor(name) {
    try {
      this.#channel = new BroadcastChannel(`tokenfall:${name}`);
    } catch {
      return;
    }
    this.#channel.onmessage = ({ data }) => this.#hear(data);
  }

  /** Asks the other tabs what is running. */
  ask() {
    this.#channel?.postMessage({});
  }

  /** @param {string} url */
  tell(url) {
    this.#told.add(url);
    this.#channel?.postMessage({ url, detail: this.running.get(url) });
  }

  close() {
    this.#channel?.close();
  }

  /** @param {Partial<TabRun>} message */
  #hear({ url, detail }) {
    if (!url) {
      for (const known of this.running.keys()) this.tell(known);
    } else if (!this.#told.has(url)) {
      this.#told.add(url);
      for (const onRun of this.watchers) onRun({ url, detail });
    }
  }
}

/** @type {Map<string, Conversation>} */
const conversations = new Map();

/**
 * Tells the other tabs of a conversation that an answer is being read here: those that are open at once, later ones when they
 * ask. A tab that has attached to the run may announce it, too: then it is still found when the first tab has gone.
 *
 * @param {string} conversation
 * @param {import('./answer.js').Answer} answer
 * @param {unknown} [detail] goes with it, such as the question; anything that can be cloned
 * @returns {Promise<void>} resolves when the answer has ended
 */
export async function announce(conversation, answer, detail) {
  const url = await answer.named;
  if (!url) return;
  const here = open(conversation);
  here.running.set(url, detail);
  here.tell(url);
  await answer.finished;
  here.running.delete(url);
  closeUnused(conversation);
}

/**
 * Calls back for every run of a conversation that another tab has announced, once each; those that are running already, too.
 * No connection is held for it. Attach with `attach(url)`.
 *
 * @param {string} conversation
 * @param {(run: TabRun) => void} onRun
 * @returns {() => void} ends it
 */
export function watch(conversation, onRun) {
  const here = open(conversation);
  here.watchers.add(onRun);
  here.ask();
  return () => {
    here.watchers.delete(onRun);
    closeUnused(conversation);
  };
}

/** @param {string} name */
function open(name) {
  const here = conversations.get(name) ?? new Conversation(name);
  conversations.set(name, here);
  return here;
}

/** @param {string} name */
function closeUnused(name) {
  const here = conversations.get(name);
  if (!here || here.watchers.size || here.running.size) return;
  here.close();
  conversations.delete(name);
}
