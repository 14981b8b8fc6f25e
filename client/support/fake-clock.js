import { afterEach, beforeEach, mock } from 'node:test';

/**
 * In all tests of a file time stands still until the test moves it (`mock.timers.tick`), and nothing is left to chance.
 *
 * @param {number} random what `Math.random` gives
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
