// The reader's part of age: opening, making identities, wrapping them with a passkey (PRF), and
// writing a second header for a payload that is sealed already.
export {
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateIdentity,
  identityToRecipient,
  webauthn,
} from "age-encryption";
export { bech32 } from "@scure/base";
// Not of its public API: with it a file key can only be drawn anew, never taken along.
export { HybridRecipient, X25519Recipient } from "./node_modules/age-encryption/dist/recipients.js";
export { encodeHeader, encodeHeaderNoMAC } from "./node_modules/age-encryption/dist/format.js";
