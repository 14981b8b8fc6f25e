/** Creates an id of 128 random bits. (`crypto.randomUUID` does not exist over plain http.) */
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
