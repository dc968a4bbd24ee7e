// A bag (BagIt 1.0, RFC 8493) of one appeal: whoever receives it can check that nothing is missing.

import { toHex } from "/shared/filing.js";
import { canonicalJson } from "/shared/payload.js";
import { fromBase64 } from "./local.js";
import { tar } from "./tar.js";

const utf8 = (text) => new TextEncoder().encode(text);
const DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/**
 * Returns the tar archive of a bag in the clear: seal it before it leaves the page.
 *
 * `appeal` is an opened one, `papers` its opened attachments [{name, bytes}], `day` today.
 */
export async function bagOf(appeal, papers, day) {
  const folder = `arasha-${appeal.code}`;
  const data = Object.entries({ ...dataOf(appeal), ...Object.fromEntries(papers.map(({ name, bytes }) => [`data/attachments/${name}`, bytes])) });
  const tags = [
    ["bagit.txt", utf8(DECLARATION)],
    ["bag-info.txt", utf8(infoOf(appeal, data, day))],
    ["manifest-sha256.txt", await manifest(data)],
  ];
  const files = [...data, ...tags, ["tagmanifest-sha256.txt", await manifest(tags)]];
  return tar(files.map(([name, content]) => [`${folder}/${name}`, content]));
}

function dataOf({ fields, envelope, headers, leaf, proof }) {
  const added = headers.map((header, place) => [`data/header-added-${place + 1}.age-header`, fromBase64(header)]);
  return {
    "data/appeal.txt": utf8(`${fields.text}\n`),
    "data/fields.json": utf8(`${canonicalJson(fields)}\n`),
    "data/envelope.age": envelope,
    "data/leaf.txt": utf8(leaf),
    ...(proof ? { "data/receipt.tlog-proof": utf8(proof) } : {}),
    ...Object.fromEntries(added),
  };
}

function infoOf({ code }, data, day) {
  const bytes = data.reduce((sum, [, { length }]) => sum + length, 0);
  return [`Bagging-Date: ${day}`, `External-Identifier: ${code}`, `Payload-Oxum: ${bytes}.${data.length}`, "Bag-Software-Agent: arasha reader", ""].join("\n");
}

async function manifest(files) {
  const lines = files.map(async ([name, content]) => `${toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", content)))}  ${name}\n`);
  return utf8((await Promise.all(lines)).join(""));
}
