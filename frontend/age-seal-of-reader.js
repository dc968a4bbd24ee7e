// The reader holds all of age already: its sealing part comes from there.
export { Encrypter } from "./age-open.js";
