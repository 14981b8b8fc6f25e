/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} [className]
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, className = '') {
  const element = document.createElement(name);
  if (className) element.className = className;
  return element;
}

/**
 * Gives the nodes of a parent behind one of them the form of others, and keeps those that need no change: so the reader's
 * selection and focus stay, and nothing is laid out again that did not change.
 *
 * @param {Node} parent
 * @param {Node | null} after nothing for all of its nodes
 * @param {Node} wanted gives its nodes away
 */
export function reshape(parent, after, wanted) {
  let old = after ? after.nextSibling : parent.firstChild;
  for (let node = wanted.firstChild, next; node; node = next) {
    next = node.nextSibling;
    if (!old) {
      parent.appendChild(node);
      continue;
    }
    const following = old.nextSibling;
    if (!old.isEqualNode(node) && !adapt(old, node)) parent.replaceChild(node, old);
    old = following;
  }
  while (old) {
    const following = old.nextSibling;
    parent.removeChild(old);
    old = following;
  }
}

/**
 * @param {Node} old
 * @param {Node} wanted
 * @returns {boolean} whether the one could be made into the other
 */
function adapt(old, wanted) {
  if (old instanceof Text && wanted instanceof Text) {
    if (wanted.data.startsWith(old.data)) old.appendData(wanted.data.slice(old.data.length));
    else old.data = wanted.data;
    return true;
  }
  if (!(old instanceof Element && wanted instanceof Element) || !old.cloneNode(false).isEqualNode(wanted.cloneNode(false))) return false;
  reshape(old, null, wanted);
  return true;
}
