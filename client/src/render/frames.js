const budget = 8; // milliseconds of a frame
const hiddenBudget = 40; // nobody sees a frame, and browsers make timers rare
const patience = 100; // milliseconds until a frame counts as one that does not come

/**
 * Work that is done in slices.
 *
 * @typedef {(deadline: number) => boolean} Job does some until the deadline, and says whether there is more
 */

/** @type {Set<Job>} */
const jobs = new Set();
let waiting = false;
let cancel = () => {};

/**
 * Does a job in the next frames, 8 ms in each for all jobs together. A tab that nobody sees has no frames: there a timer
 * takes over.
 *
 * @param {Job} job
 */
export function schedule(job) {
  jobs.add(job);
  if (waiting) return;
  waiting = true;
  const frame = requestAnimationFrame(work);
  const timer = setTimeout(work, patience);
  cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

function work() {
  cancel();
  const deadline = performance.now() + (document.hidden ? hiddenBudget : budget);
  const unfinished = [];
  try {
    for (const job of jobs) {
      jobs.delete(job);
      if (job(deadline)) unfinished.push(job); // behind the others, which are next
      if (performance.now() >= deadline) break;
    }
  } finally {
    waiting = false;
    for (const job of [...jobs, ...unfinished]) schedule(job);
  }
}
