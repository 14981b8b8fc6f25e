/**
 * Notices that a connection has fallen silent. One timer, moved only when it fires: a chunk costs a time stamp.
 *
 * @param {number} patience milliseconds of silence
 * @param {() => void} bark called once, when they have passed
 */
export function createWatchdog(patience, bark) {
  let last = Date.now();
  /** Milliseconds since something arrived. By the clock: timers sleep while a phone does. */
  const silence = () => Date.now() - last;
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const arm = () => {
    timer = setTimeout(() => (silence() < patience ? arm() : bark()), patience - silence());
  };
  arm();
  return {
    silence,
    arrived() {
      last = Date.now();
    },
    end: () => clearTimeout(timer),
  };
}
