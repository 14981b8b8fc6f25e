/** Creates an id of 128 random bits: 22 characters of base64url. (`crypto.randomUUID` does not exist over plain http.) */
export const newId = () => toId(crypto.getRandomValues(new Uint8Array(16)));

/** @param {Iterable<number>} bytes 16 of them */
export const toId = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
