// Tries the numbers of an ALTCHA puzzle one by one: SHA-256 of the salt and the number in digits.

const text = new TextEncoder();
const toHex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

onmessage = async ({ data: { algorithm, challenge, salt, maxNumber } }) => {
  for (let number = 0; number <= maxNumber; number += 1) {
    const digest = await crypto.subtle.digest(algorithm, text.encode(salt + number));
    if (toHex(digest) === challenge) return postMessage(number);
  }
  postMessage(null);
};
