/**
 * The address of a link that a model wrote, if a reader may be offered it: `https`, `http` or `mailto`, absolute, and without
 * a user name, which could pass for the host.
 *
 * @param {string} href
 * @returns {URL | undefined}
 */
export function readAddress(href) {
  const url = parse(href);
  if (!url || !/^(?:https?|mailto):$/.test(url.protocol) || url.username || url.password) return undefined;
  return url;
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
  return shown.startsWith(target) && /^(?:[/?#]|$)/.test(shown.slice(target.length));
}

/**
 * An image's address, if it is on one of the origins that the host application allows.
 *
 * @param {string} href
 * @param {readonly string[]} origins such as `https://images.example`
 * @returns {string | undefined}
 */
export function readImage(href, origins) {
  const url = parse(href);
  return url && /^https?:$/.test(url.protocol) && origins.includes(url.origin) ? url.href : undefined;
}

/** @param {string} href */
function parse(href) {
  try {
    return new URL(href);
  } catch {
    return undefined;
  }
}
