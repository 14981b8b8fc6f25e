/**
 * Parses the URL of a link that a model wrote, if it is safe to show: absolute, with the scheme `https`, `http` or `mailto`,
 * and without a user name, which could be mistaken for the host.
 *
 * @param {string} href
 * @returns {URL | undefined}
 */
export function parseSafeUrl(href) {
  try {
    const url = new URL(href);
    return /^(?:https?|mailto):$/.test(url.protocol) && !url.username && !url.password ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Where a link leads: the host, in Punycode if it is not ASCII, or the e-mail address.
 *
 * @param {URL} url
 */
export const targetOf = (url) => url.host || url.pathname;

/**
 * Whether a link's text already starts with where the link leads.
 *
 * @param {string} text
 * @param {URL} url
 */
export function showsTarget(text, url) {
  const shown = text.replace(/^(?:https?:\/\/|mailto:)/, '');
  const target = targetOf(url);
  return shown === target || shown.startsWith(`${target}/`);
}
