/**
 * The address of a link that a model wrote, if a reader may be offered it: `https`, `http` or `mailto`, absolute, and without
 * a user name, which could pass for the host.
 *
 * @param {string} href
 * @returns {URL | undefined}
 */
export function readAddress(href) {
  try {
    const url = new URL(href);
    return /^(?:https?|mailto):$/.test(url.protocol) && !url.username && !url.password ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whom a link leads to: the host, in Punycode when it is not ASCII, or the mail address.
 *
 * @param {URL} url
 */
export const targetOf = (url) => url.host || url.pathname;

/**
 * Whether a link's text itself begins with where it leads.
 *
 * @param {string} text
 * @param {URL} url
 */
export function namesTarget(text, url) {
  const shown = text.replace(/^(?:https?:\/\/|mailto:)/, '');
  const target = targetOf(url);
  return shown === target || shown.startsWith(`${target}/`);
}
