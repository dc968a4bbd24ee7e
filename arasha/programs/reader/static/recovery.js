// The recovery passphrase: drawn by the machine, shown once, and the only key to a file of its own.

import { SealingError } from "/shared/payload.js";
import { Decrypter, Encrypter } from "./vendor/age-open.js";
import { checkIdentity } from "./passkeys.js";

// Crockford's base 32: no I, L, O, U, so that nobody reads one sign for another.
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS = 6;
const IN_GROUP = 4; // 24 signs of 5 bits: 120 bits
const WORK_FACTOR = 18; // log2 of scrypt's N: between one and two seconds on an old machine
// What people type for what they read, also with a Cyrillic keyboard.
const MEANT = { O: "0", I: "1", L: "1", О: "0", З: "3", А: "A", В: "B", С: "C", Е: "E", Н: "H", К: "K", М: "M", Р: "P", Т: "T", Х: "X" };

/** Returns a new passphrase as a list of groups. */
export function drawPassphrase() {
  const drawn = crypto.getRandomValues(new Uint8Array(GROUPS * IN_GROUP)); // 256 is a multiple of 32
  const signs = Array.from(drawn, (byte) => SIGNS[byte % SIGNS.length]).join("");
  return signs.match(new RegExp(`.{${IN_GROUP}}`, "g"));
}

/** Returns what was typed as the signs that were printed. */
export const read = (typed) => typed.toUpperCase().replace(/[^0-9A-ZЀ-ӿ]/g, "").replace(/./g, (sign) => MEANT[sign] ?? sign);

/** Says whether a text can be a whole passphrase, before a second is spent on trying it. */
export const isWhole = (typed) => new RegExp(`^[${SIGNS}]{${GROUPS * IN_GROUP}}$`).test(read(typed));

/** Returns an age file of the identity that only the passphrase opens (a list of groups). */
export function sealRecovery(identity, groups) {
  checkIdentity(identity);
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  encrypter.setPassphrase(read(groups.join("")));
  return encrypter.encrypt(identity);
}

/** Returns the identity in a file of sealRecovery. Throws SealingError "passphrase". */
export async function openRecovery(file, typed) {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(read(typed));
  try {
    const identity = await decrypter.decrypt(file, "text");
    checkIdentity(identity);
    return identity;
  } catch (cause) {
    throw new SealingError("passphrase", cause.message);
  }
}
