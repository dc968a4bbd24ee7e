// A tar archive (POSIX ustar): names and contents, and nothing of this machine or its user.

const BLOCK = 512;
const LONGEST_NAME = 100;
const utf8 = (text) => new TextEncoder().encode(text);
const octal = (number, digits) => `${number.toString(8).padStart(digits, "0")}\0`;

/** Returns the archive of [[name, bytes], …]; names are ASCII, at most 100 characters. */
export async function tar(files) {
  const parts = files.flatMap(([name, content]) => [header(name, content.length), content, rest(content.length)]);
  return new Uint8Array(await new Blob([...parts, new Uint8Array(2 * BLOCK)]).arrayBuffer());
}

function header(name, size) {
  if (!/^[\x21-\x7e]+$/.test(name) || name.length > LONGEST_NAME) throw new RangeError(`${name} is no name for a tar archive`);
  const block = new Uint8Array(BLOCK);
  const write = (text, place) => block.set(utf8(text), place);
  write(name, 0);
  write(octal(0o600, 7), 100);
  write(octal(0, 7), 108); // user
  write(octal(0, 7), 116); // group
  write(octal(size, 11), 124);
  write(octal(0, 11), 136); // time
  write(" ".repeat(8), 148); // the checksum counts itself as spaces
  write("0", 156); // a plain file
  write("ustar\x0000", 257);
  write(`${octal(block.reduce((sum, byte) => sum + byte, 0), 6)} `, 148);
  return block;
}

const rest = (size) => new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
