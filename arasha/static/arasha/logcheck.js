// Checks receipts of the public log in a browser: inclusion, the log's signature, the witnesses, the code.
// Formats: c2sp.org/tlog-proof, tlog-checkpoint, tlog-cosignature, tlog-policy, tlog-tiles.

const FIRST_LINE = "c2sp.org/tlog-proof@v1";
const NOTE = 0x01;
const COSIGNATURE = 0x04;
const WIDTH = 256;
const HEIGHT = 8;
const HASH_BYTES = 32;
const MOST_HASHES = 63;
const CODE_DIGITS = 10n ** 22n;

/** Why nothing could be checked: what is given cannot be read or used; `reason` is a key for words. */
export class NotChecked extends Error {
  constructor(reason, details = {}) {
    super(reason);
    this.reason = reason;
    this.details = details;
  }
}

/** Why what was checked is not proved. */
export class NotProved extends NotChecked {}

/** Returns what a receipt proves under a policy. Raises NotProved, NotChecked. */
export async function checkProof(text, policyText, code = null) {
  const proof = parseProof(text);
  const policy = await parsePolicy(policyText);
  const seen = await checkCheckpoint(proof.note, policy);
  if (!policy.isMet(seen.witnesses.map(({ name }) => name))) throw new NotProved("no quorum");
  const reached = await rootFrom(proof.leaf, proof.index, seen.size, proof.hashes);
  if (reached === null || !same(reached, seen.root)) throw new NotProved("not included");
  const own = await filingCode(proof.leaf);
  if (code !== null && code !== own) throw new NotProved("wrong code", { code: grouped(own) });
  return { ...seen, leaf: toHex(proof.leaf), index: proof.index, code: own, asked: policy.count };
}

/** Returns the receipt of a code made from the log's files alone, or null if it is not there yet. */
export async function proofOfCode(code, readFile) {
  const checkpoints = await publishedCheckpoints(readFile);
  const lines = fromBytes((await readFile(`code/${code.slice(0, 4)}`)) ?? new Uint8Array());
  // What stands after the last newline is just being written.
  for (const line of lines.split("\n").slice(0, -1)) {
    const [hex, place, day] = line.split(" ");
    const [leaf, index] = [fromHex(hex), decimal(place)];
    const checkpoint = checkpoints.find(({ size }) => size > index);
    if (!checkpoint || (await filingCode(leaf)) !== code) continue;
    const { size, whole } = checkpoint;
    const hashes = await inclusionProof(index, size, tileReader(readFile, size));
    const head = [FIRST_LINE, `extra ${toBase64(leaf)}`, `index ${index}`, ...hashes.map(toBase64)];
    return { text: `${head.join("\n")}\n\n${whole}`, day };
  }
  return null;
}

/** The newest checkpoint and the last well witnessed one; first the one that more have signed. */
async function publishedCheckpoints(readFile) {
  const files = await Promise.all(["checkpoint", "witnessed"].map(readFile));
  const notes = files.filter(Boolean).map((file) => parseNote(fromBytes(file)));
  notes.sort((one, other) => other.signatures.length - one.signatures.length);
  return notes.map(({ whole, text }) => ({ whole, size: parseCheckpoint(text).size }));
}

/** Returns the 24 digits of what somebody typed, in any spacing. Raises NotChecked. */
export function readCode(typed) {
  const code = typed.normalize("NFKC").replace(/[\s\p{Pd}\p{Cf}−]/gu, "");
  if (!/^[0-9]*$/.test(code)) throw new NotChecked("characters");
  if (code.length !== 24) throw new NotChecked("length");
  if (withCheckDigits(code.slice(0, 22)) !== code) throw new NotChecked("check digits");
  return code;
}

export function grouped(code) {
  return code.match(/.{4}/g).join(" ");
}

// Receipts

function parseProof(typed) {
  const text = `${typed.trim()}\n`;
  const cut = text.indexOf("\n\n");
  const [first, ...lines] = text.slice(0, cut).split("\n");
  if (cut < 0 || first !== FIRST_LINE) throw new NotChecked("bad proof");
  if (!lines[0]?.startsWith("extra ")) throw new NotChecked("bad proof");
  const leaf = hashOf(lines.shift().slice("extra ".length));
  if (!lines[0]?.startsWith("index ")) throw new NotChecked("bad proof");
  const index = decimal(lines.shift().slice("index ".length));
  if (lines.length > MOST_HASHES) throw new NotChecked("bad proof");
  return { leaf, index, hashes: lines.map(hashOf), note: parseNote(text.slice(cut + 2)) };
}

function parseNote(whole) {
  const cut = whole.lastIndexOf("\n\n");
  if (cut < 0 || !whole.endsWith("\n")) throw new NotChecked("bad proof");
  const lines = whole.slice(cut + 2, -1).split("\n");
  return { whole, text: whole.slice(0, cut + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line) {
  const [dash, name, encoded, ...more] = line.split(" ");
  const data = dash === "—" && encoded && !more.length ? fromBase64(encoded) : null;
  if (data === null || data.length < 5) throw new NotChecked("bad proof");
  return { name, id: toHex(data.subarray(0, 4)), blob: data.subarray(4) };
}

function parseCheckpoint(text) {
  const [origin, size, root] = text.split("\n");
  if (!origin || !root) throw new NotChecked("bad proof");
  return { origin, size: decimal(size), root: hashOf(root) };
}

async function checkCheckpoint(note, policy) {
  const { origin, size, root } = parseCheckpoint(note.text);
  const logs = policy.logs.filter(({ name }) => name === origin);
  if (!logs.length) throw new NotProved("unknown log", { origin });
  const signed = await signaturesOf(note, logs);
  if (!signed.length) throw new NotProved("not signed");
  const witnesses = (await signaturesOf(note, policy.witnesses)).map(({ key, time }) => ({
    name: key.called,
    day: dayOf(time),
  }));
  return { origin, size, root, log: signed[0].key.id, witnesses };
}

/** The signatures of known keys. One that fails, or comes twice, condemns the whole note. */
async function signaturesOf(note, keys) {
  const found = [];
  for (const { name, id, blob } of note.signatures) {
    const key = keys.find((known) => known.name === name && known.id === id);
    if (!key) continue;
    if (found.some((earlier) => earlier.key === key)) throw new NotProved("bad signature");
    const time = key.kind === COSIGNATURE ? timeIn(blob) : null;
    const message = time === null ? note.text : `cosignature/v1\ntime ${time}\n${note.text}`;
    const signature = time === null ? blob : blob.subarray(8);
    if (!(await verifies(key, signature, utf8(message)))) throw new NotProved("bad signature");
    found.push({ key, time });
  }
  return found;
}

function timeIn(blob) {
  if (blob.length !== 72) throw new NotProved("bad signature");
  return new DataView(blob.buffer, blob.byteOffset).getBigUint64(0);
}

function dayOf(time) {
  const date = new Date(Number(time) * 1000);
  return Number.isNaN(date.valueOf()) ? "?" : date.toISOString().slice(0, 10);
}

async function verifies(key, signature, message) {
  if (signature.length !== 64) return false;
  try {
    const imported = await crypto.subtle.importKey("raw", key.bytes, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", imported, signature, message);
  } catch (problem) {
    throw new NotChecked("old browser", { cause: problem.name });
  }
}

// Policies

async function parsePolicy(text) {
  const [logs, witnesses, groups] = [[], [], new Map()];
  let quorum = null;
  for (const line of text.split("\n")) {
    const [kind, ...words] = line.trim().split(/[ \t]+/);
    if (!kind || kind.startsWith("#")) continue;
    if (kind === "log") logs.push(await parseKey(words[0], NOTE));
    else if (kind === "witness") witnesses.push(await parseKey(words[1], COSIGNATURE, words[0]));
    else if (kind === "group") groups.set(words[0], groupOf(words));
    else if (kind === "quorum" && quorum === null) [quorum] = words;
    else throw new NotChecked("bad policy");
  }
  if (!quorum) throw new NotChecked("bad policy");
  const names = new Set(witnesses.map(({ called }) => called));
  const isSeen = (name, by) => {
    if (names.has(name)) return by.has(name);
    const group = groups.get(name);
    if (!group) throw new NotChecked("bad policy");
    return group.members.filter((member) => isSeen(member, by)).length >= group.needed;
  };
  const isMet = (by) => quorum === "none" || isSeen(quorum, new Set(by));
  return { logs, witnesses, isMet, count: quorum === "none" ? 0 : witnesses.length };
}

function groupOf([, threshold, ...members]) {
  const named = { all: members.length, any: 1 };
  const needed = named[threshold] ?? decimal(threshold);
  if (!members.length || needed < 1 || needed > members.length) throw new NotChecked("bad policy");
  return { needed, members };
}

async function parseKey(vkey, wanted, called = "") {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey ?? "") ?? [];
  const material = encoded ? fromBase64(encoded) : null;
  if (material === null || material.length !== 33 || material[0] !== wanted) {
    throw new NotChecked("bad policy");
  }
  const own = toHex((await sha256(utf8(`${name}\n`), material)).subarray(0, 4));
  if (own !== id) throw new NotChecked("bad policy");
  return { name, id, called, kind: material[0], bytes: material.subarray(1) };
}

// The tree (RFC 6962)

/** The root that a proof leads to, or null if it has the wrong length (RFC 9162, 2.1.3.2). */
async function rootFrom(leaf, index, size, hashes) {
  if (index >= size) return null;
  let [node, last, reached] = [index, size - 1, leaf];
  for (const sibling of hashes) {
    if (last === 0) return null;
    if (node % 2 || node === last) {
      reached = await nodeHash(sibling, reached);
      while (node && !(node % 2)) [node, last] = [half(node), half(last)];
    } else {
      reached = await nodeHash(reached, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 ? reached : null;
}

async function inclusionProof(index, size, nodeAt) {
  let [start, end] = [0, size];
  const proof = [];
  while (end - start > 1) {
    const middle = start + leftWidth(end - start);
    if (index < middle) {
      proof.unshift(await rootOfRange(middle, end, nodeAt));
      end = middle;
    } else {
      proof.unshift(await rootOfRange(start, middle, nodeAt));
      start = middle;
    }
  }
  return proof;
}

async function rootOfRange(start, end, nodeAt) {
  const width = end - start;
  const level = Math.floor(Math.log2(width));
  if (2 ** level === width) return nodeAt(level, start / width);
  const middle = start + leftWidth(width);
  return nodeHash(
    await rootOfRange(start, middle, nodeAt),
    await rootOfRange(middle, end, nodeAt),
  );
}

/** Reads nodes of the tree of this size from its tiles. */
function tileReader(readFile, size) {
  const tiles = new Map();
  const tileAt = async (level, index) => {
    const path = `tile/${level}/${numbered(index)}`;
    if (!tiles.has(path)) {
      const width = Math.min(WIDTH, Math.floor(size / WIDTH ** level) - index * WIDTH);
      const partial = width < WIDTH ? await readFile(`${path}.p/${width}`) : null;
      const tile = partial ?? (await readFile(path));
      if (tile === null || tile.length < width * HASH_BYTES) throw new NotChecked("incomplete log");
      tiles.set(path, tile);
    }
    return tiles.get(path);
  };
  const nodeAt = async (level, index) => {
    if (level % HEIGHT) {
      return nodeHash(await nodeAt(level - 1, 2 * index), await nodeAt(level - 1, 2 * index + 1));
    }
    const tile = await tileAt(level / HEIGHT, Math.floor(index / WIDTH));
    const place = (index % WIDTH) * HASH_BYTES;
    return tile.slice(place, place + HASH_BYTES);
  };
  return nodeAt;
}

function numbered(index) {
  const groups = [];
  for (let rest = index, first = true; first || rest; rest = Math.floor(rest / 1000), first = false) {
    groups.unshift(`${rest % 1000}`.padStart(3, "0"));
  }
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
}

function leftWidth(width) {
  return 2 ** (Math.ceil(Math.log2(width)) - 1);
}

function half(number) {
  return Math.floor(number / 2);
}

function nodeHash(left, right) {
  return sha256(new Uint8Array([1]), left, right);
}

// Codes

async function filingCode(leaf) {
  const number = BigInt(`0x${toHex(await sha256(utf8("arasha code v1\n"), leaf))}`) % CODE_DIGITS;
  return withCheckDigits(`${number}`.padStart(22, "0"));
}

function withCheckDigits(payload) {
  return payload + `${98n - ((BigInt(payload) * 100n) % 97n)}`.padStart(2, "0");
}

// Bytes and texts

function decimal(text) {
  const number = /^(0|[1-9][0-9]{0,15})$/.test(text ?? "") ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new NotChecked("bad proof");
  return number;
}

function hashOf(text) {
  const hash = fromBase64(text);
  if (hash === null || hash.length !== HASH_BYTES) throw new NotChecked("bad proof");
  return hash;
}

/** Only the spelling that an encoder writes is read: with free bits a proof could be altered unseen. */
function fromBase64(text) {
  try {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function same(left, right) {
  return toHex(left) === toHex(right);
}

function utf8(text) {
  return new TextEncoder().encode(text);
}

function fromBytes(bytes) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

async function sha256(...parts) {
  const joined = await new Blob(parts).arrayBuffer();
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined));
}
