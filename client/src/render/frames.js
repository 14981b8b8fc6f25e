const budget = 8; // milliseconds of a frame
const hiddenBudget = 40; // nobody sees a frame, and timers are rare
const hiddenInterval = 50;
const patience = 250; // frames may stop without a notice

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
  awaitFrame();
}

/** @param {Job} job */
export function unschedule(job) {
  jobs.delete(job);
}

function awaitFrame() {
  if (waiting) return;
  waiting = true;
  const frame = document.hidden ? 0 : requestAnimationFrame(work);
  const timer = setTimeout(work, document.hidden ? hiddenInterval : patience);
  cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

function work() {
  cancel();
  const deadline = performance.now() + (document.hidden ? hiddenBudget : budget);
  try {
    for (const job of [...jobs]) {
      jobs.delete(job);
      if (job(deadline)) jobs.add(job); // at the end: the others are next
      if (performance.now() >= deadline) break;
    }
  } finally {
    waiting = false;
    if (jobs.size > 0) awaitFrame();
  }
}
