/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} [properties] set in this order
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function createElement(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/**
 * Makes the children of a parent after a given one equal to the wanted ones, and keeps those that need no change. So the
 * user's selection and focus survive, and unchanged content is not laid out again.
 *
 * @param {Node} parent
 * @param {Node | null} after the last child to leave alone; null for none
 * @param {Node} wanted its children are moved
 */
export function morphChildren(parent, after, wanted) {
  let old = after ? after.nextSibling : parent.firstChild;
  for (const node of [...wanted.childNodes]) {
    const next = old && old.nextSibling;
    if (!old) parent.appendChild(node);
    else if (!old.isEqualNode(node) && !morph(old, node)) parent.replaceChild(node, old);
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
 * @returns {boolean} whether the old node could be changed into the wanted one
 */
function morph(old, wanted) {
  if (old instanceof Text && wanted instanceof Text) {
    // Existing text is not touched, because it may be selected.
    if (wanted.data.startsWith(old.data)) old.appendData(wanted.data.slice(old.length));
    else old.data = wanted.data;
    return true;
  }
  if (!old.cloneNode().isEqualNode(wanted.cloneNode())) return false;
  morphChildren(old, null, wanted);
  return true;
}
