/**
 * Detects a silent connection. It uses one timer, moved only when it fires, so a chunk costs just a timestamp.
 *
 * @param {number} limit milliseconds without data
 * @param {() => void} onTimeout called once, when they have passed
 */
export function createWatchdog(limit, onTimeout) {
  let lastReset = Date.now();
  /** Milliseconds since the last data. By the clock, because timers stop while a phone sleeps. */
  const idleTime = () => Date.now() - lastReset;
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const schedule = () => {
    timer = setTimeout(() => (idleTime() < limit ? schedule() : onTimeout()), limit - idleTime());
  };
  schedule();
  return {
    idleTime,
    reset() {
      lastReset = Date.now();
    },
    /** @param {number} milliseconds the new limit */
    setLimit(milliseconds) {
      limit = milliseconds;
      clearTimeout(timer);
      schedule();
    },
    stop: () => clearTimeout(timer),
  };
}
