const frameBudget = 8; // milliseconds
const hiddenBudget = 40; // milliseconds; nothing is displayed, and browsers throttle timers
const frameTimeout = 100; // milliseconds until a timer replaces a frame that does not come

/**
 * Work that is done in slices: it runs until the deadline and returns whether there is more to do.
 *
 * @typedef {(deadline: number) => boolean} Job
 */

/** @type {Set<Job>} */
const jobs = new Set();
let waiting = false;
let cancel = () => {};

/**
 * Runs a job in the next frames, within 8 ms per frame for all jobs together. A hidden tab has no frames; there a timer takes
 * over.
 *
 * @param {Job} job
 */
export function schedule(job) {
  jobs.add(job);
  if (waiting) return;
  waiting = true;
  const frame = requestAnimationFrame(runJobs);
  const timer = setTimeout(runJobs, frameTimeout);
  cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

function runJobs() {
  cancel();
  const deadline = performance.now() + (document.hidden ? hiddenBudget : frameBudget);
  const unfinished = [];
  try {
    for (const job of jobs) {
      jobs.delete(job);
      if (job(deadline)) unfinished.push(job); // after the others, whose turn is next
      if (performance.now() >= deadline) break;
    }
  } finally {
    waiting = false;
    for (const job of [...jobs, ...unfinished]) schedule(job);
  }
}
