/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} [properties] set in their order
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
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
  for (const node of [...wanted.childNodes]) {
    const next = old && old.nextSibling;
    if (!old) parent.appendChild(node);
    else if (!old.isEqualNode(node) && !adapt(old, node)) parent.replaceChild(node, old);
    old = next;
  }
  while (old) {
    const next = old.nextSibling;
    parent.removeChild(old);
    old = next;
  }
}

/**
 * @param {Node} old
 * @param {Node} wanted
 * @returns {boolean} whether the one could be made into the other
 */
function adapt(old, wanted) {
  if (old instanceof Text && wanted instanceof Text) {
    // What was there is not touched: it may be selected.
    if (wanted.data.startsWith(old.data)) old.appendData(wanted.data.slice(old.length));
    else old.data = wanted.data;
    return true;
  }
  if (!old.cloneNode().isEqualNode(wanted.cloneNode())) return false;
  reshape(old, null, wanted);
  return true;
}
