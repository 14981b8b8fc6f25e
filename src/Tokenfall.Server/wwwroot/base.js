// Scripts lie where the application is mounted, which may be under a path such as /ai/.
const base = new URL('.', import.meta.url);

/**
 * @param {string} path a path of this application, without a slash before it
 * @returns {string} its address on this host
 */
export const addressOf = (path) => new URL(path, base).pathname;
