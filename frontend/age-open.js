// The reader's part of age: opening, making identities, and wrapping them with a passkey (PRF).
export {
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateIdentity,
  identityToRecipient,
  webauthn,
} from "age-encryption";
export { bech32 } from "@scure/base";
