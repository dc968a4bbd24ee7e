// The terminal's part of age: it seals, and has no export that opens.
export { Encrypter } from "age-encryption";
