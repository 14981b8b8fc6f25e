// The client's times, in milliseconds. They are chosen together with the server's: docs/reconnecting.md explains how, and a test
// fails when one of them changes alone.

/** Silence, heartbeats included, after which a connection counts as lost. */
export const idleTimeout = 40_000;

/** The longest wait for the headers of a response. A server sends them at once. */
export const attemptTimeout = 10_000;

/** Time without a connection after which a client gives up. */
export const retryTime = 120_000;

/** The longest delay before the first attempt, unless the stream's `retry:` sets another. It doubles with every failure. */
export const firstDelay = 1000;

/** The longest delay before an attempt. */
export const maxDelay = 16_000;

/** The longest delay that a server may ask for with `Retry-After`, before a run begins and when it is stopped. */
export const maxRetryAfter = 60_000;

/** The longest such delay before a run is read on: it waits for its reader no longer than the server's `ResumeGrace`. */
export const maxResumeRetryAfter = 10_000;

/** The delay before a busy server is asked again if it does not name one. */
export const busyDelay = 5000;

/** How long the end of a run that was stopped is waited for. */
export const endTimeout = 2000;
