import { afterEach, beforeEach, mock } from 'node:test';

/**
 * Stops the clock in all tests of a file until a test advances it (`mock.timers.tick`), and fixes `Math.random`.
 *
 * @param {number} random the value that `Math.random` returns
 */
export function useFakeClock(random) {
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    mock.method(Math, 'random', () => random);
  });
  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
  });
}
