// The mailbox's part of age: opening replies with an identity that is made anew from eight words
// each time. Apart from age-seal.js, so that a page which only seals loads nothing that opens.
export { Decrypter, identityToRecipient } from "age-encryption";
export { scrypt } from "@noble/hashes/scrypt.js";
export { bech32 } from "@scure/base";
