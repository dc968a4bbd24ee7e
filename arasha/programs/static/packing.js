// How every plaintext is written: exactly its fields in canonical JSON, padded with zero bytes.
// The same rules as arasha/engines/sealing/packing.py; docs/reference/sealing.md tells them.

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const LONGEST_LANGUAGE = 35; // RFC 5646, section 4.4.1
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Says why something was not sealed or opened; `code` is stable, for texts in the reader's language. */
export class SealingError extends Error {
  constructor(code, message) {
    super(message);
    this.name = "SealingError";
    this.code = code;
  }
}

/**
 * Returns {pack, unpack} for a kind of plaintext: its name for messages, its version, its padded
 * sizes in bytes, and a check for each of its other fields.
 */
export function plaintextForm({ what, version, sizes, fields }) {
  const wrong = (message) => new SealingError("payload", `the ${what} ${message}`);

  function check(content) {
    if (!isObject(content) || content.v !== version) throw wrong(`is not of the version ${version}`);
    const names = new Set([...Object.keys(content), ...Object.keys(fields)]);
    const differing = [...names].filter(
      (name) => name !== "v" && !(Object.hasOwn(content, name) && Object.hasOwn(fields, name)),
    );
    if (differing.length) throw wrong(`has other fields than it should: ${differing}`);
    for (const [name, hasForm] of Object.entries(fields)) {
      if (!hasForm(content[name])) throw wrong(`has a field ${name} that is not in the form of ${version}`);
    }
  }

  function pad(packed) {
    const size = sizes.find((each) => packed.length <= each);
    if (size === undefined) {
      throw new SealingError("too-long", `the ${what} takes ${packed.length} bytes, at most ${sizes.at(-1)} fit`);
    }
    const padded = new Uint8Array(size);
    padded.set(packed);
    return padded;
  }

  function unpad(plaintext) {
    const length = plaintext.findLastIndex((byte) => byte !== 0) + 1;
    if (sizes.find((size) => length <= size) !== plaintext.length) {
      throw wrong(`is not padded to its size: ${plaintext.length} bytes`);
    }
    return plaintext.subarray(0, length);
  }

  function read(packed) {
    try {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(packed);
      return [text, JSON.parse(text)];
    } catch (cause) {
      throw wrong(`is not JSON in UTF-8: ${cause.message}`);
    }
  }

  return {
    /** Returns the padded plaintext of all fields but the version. */
    pack(content) {
      const whole = { ...content, v: version };
      check(whole);
      return pad(new TextEncoder().encode(canonicalJson(whole)));
    },
    /** Returns all fields but the version of a plaintext that is exactly what pack writes. */
    unpack(plaintext) {
      const [text, content] = read(unpad(plaintext));
      check(content);
      if (canonicalJson(content) !== text) throw wrong("is not in canonical JSON");
      const { v: _version, ...rest } = content;
      return rest;
    },
  };
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

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
export const isText = (value) => typeof value === "string";
export const isWritten = (value) => isText(value) && /[^ \t\r\n]/.test(value);
export const matches = (pattern) => (value) => isText(value) && pattern.test(value);
export const isTexts = (value) => isObject(value) && Object.values(value).every(isText);
export const oneOf = (...words) => (value) => words.includes(value);
export const orNull = (hasForm) => (value) => value === null || hasForm(value);
export const isDigest = matches(/^[0-9a-f]{64}$/);
export const isRecipient = matches(/^age1(pq1[02-9ac-hj-np-z]{1952}|[02-9ac-hj-np-z]{58})$/);

/** A text of at most so many characters, with no control character among them. */
export const isLine = (most) => (value) => isText(value) && [...value].length <= most && !CONTROL.test(value);
export const isLanguage = (value) => isLine(LONGEST_LANGUAGE)(value) && LANGUAGE.test(value);

export function isDay(value) {
  if (!isText(value) || !/^\d{4}-\d{2}-\d{2}$/.test(value) || value.startsWith("0000")) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(value);
}
