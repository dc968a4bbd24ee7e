// The plaintext of an appeal, arasha/appeal/v1: canonical JSON, padded with zero bytes.
// The same rules as arasha/engines/sealing/payload.py; docs/reference/sealing.md tells them.

export const VERSION = "arasha/appeal/v1";
export const BUCKETS = [4, 16, 64, 256].map((kib) => kib * 1024);

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const DIGEST = /^[0-9a-f]{64}$/;
const MAILBOX = /^age1(pq1[02-9ac-hj-np-z]{1952}|[02-9ac-hj-np-z]{58})$/;
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]+$/;

/** Says why an appeal was not sealed or opened; `code` is stable, for texts in the reader's language. */
export class SealingError extends Error {
  constructor(code, message) {
    super(message);
    this.name = "SealingError";
    this.code = code;
  }
}

/** Returns the padded plaintext of `fields`, which must have all fields but the version. */
export function packPayload(fields) {
  const content = { ...fields, v: VERSION };
  checkFields(content);
  return pad(new TextEncoder().encode(canonicalJson(content)));
}

/** Returns the fields of a padded plaintext that is exactly what packPayload writes. */
export function unpackPayload(plaintext) {
  const packed = unpad(plaintext);
  const text = readUtf8(packed);
  const content = readJson(text);
  checkFields(content);
  if (canonicalJson(content) !== text) {
    throw new SealingError("payload", "the payload is not in canonical JSON");
  }
  const { v: _version, ...fields } = content;
  return fields;
}

/** RFC 8785 for null, booleans, safe integers, well-formed texts, arrays and plain objects. */
export function canonicalJson(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return canonicalText(value);
  if (Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (isObject(value)) {
    const members = Object.keys(value).sort().map((key) => `${canonicalText(key)}:${canonicalJson(value[key])}`);
    return `{${members.join(",")}}`;
  }
  throw new SealingError("payload", `${typeof value} has no canonical JSON form`);
}

function canonicalText(text) {
  if (!text.isWellFormed()) throw new SealingError("payload", "a text is not Unicode");
  return JSON.stringify(text);
}

function pad(packed) {
  const bucket = BUCKETS.find((size) => packed.length <= size);
  if (bucket === undefined) {
    throw new SealingError("too-long", `the appeal takes ${packed.length} bytes, at most ${BUCKETS.at(-1)} fit`);
  }
  const padded = new Uint8Array(bucket);
  padded.set(packed);
  return padded;
}

function unpad(plaintext) {
  const length = plaintext.findLastIndex((byte) => byte !== 0) + 1;
  if (BUCKETS.find((size) => length <= size) !== plaintext.length) {
    throw new SealingError("payload", `${plaintext.length} bytes are not the padded size of this payload`);
  }
  return plaintext.subarray(0, length);
}

function readUtf8(packed) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(packed);
  } catch (cause) {
    throw new SealingError("payload", `the payload is not UTF-8: ${cause.message}`);
  }
}

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SealingError("payload", `the payload is not JSON: ${cause.message}`);
  }
}

function checkFields(content) {
  if (!isObject(content) || content.v !== VERSION) {
    throw new SealingError("payload", `the payload is not of the version ${VERSION}`);
  }
  const differing = [...new Set([...Object.keys(content), ...Object.keys(FORMS)])].filter(
    (name) => !Object.hasOwn(content, name) || !Object.hasOwn(FORMS, name),
  );
  if (differing.length) throw new SealingError("payload", `the payload's fields differ by ${differing}`);
  for (const [name, hasForm] of Object.entries(FORMS)) {
    if (!hasForm(content[name])) {
      throw new SealingError("payload", `the payload's field ${name} is not in the form of ${VERSION}`);
    }
  }
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === "string";
const isWritten = (value) => isText(value) && /[^ \t\r\n]/.test(value);
const matches = (pattern) => (value) => isText(value) && pattern.test(value);
const isTexts = (value) => isObject(value) && Object.values(value).every(isText);
const orNull = (hasForm) => (value) => value === null || hasForm(value);

function isDay(value) {
  if (!isText(value) || !/^\d{4}-\d{2}-\d{2}$/.test(value) || value.startsWith("0000")) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(value);
}

function isAttachment(value) {
  return (
    isObject(value) &&
    Object.keys(value).sort().join() === "media_type,sha256,size" &&
    matches(DIGEST)(value.sha256) &&
    Number.isSafeInteger(value.size) &&
    value.size > 0 &&
    matches(MEDIA_TYPE)(value.media_type)
  );
}

const FORMS = {
  v: isText,
  salt: matches(DIGEST), // 32 bytes in hex, as a digest is
  language: matches(LANGUAGE),
  written_on: isDay,
  text: isWritten,
  place: isText,
  answers: isTexts,
  card: orNull(isTexts),
  mailbox: orNull(matches(MAILBOX)),
  attachments: (value) => Array.isArray(value) && value.every(isAttachment),
};
