// Photos and papers: only their pixels are kept, and they are sealed when it is known to whom.

import { sealAttachment } from "../../shared/attaching.js";
import { make } from "../../shared/dom.js";
import { cleanImage } from "../../shared/scans.js";
import { find, words } from "./page.js";

/** Takes the pictures of the form. Returns {seal}: it seals them for a body. */
export function picturesOf({ most, mostBytes }) {
  const chosen = []; // {name, clean: {bytes, mediaType}}
  let mandate = null;
  const sealed = new Map(); // by picture: for the same readers it gives the same bytes again

  async function take(file) {
    if (file.size > mostBytes * 4) throw Object.assign(new Error(file.name), { code: "scan-size" });
    const clean = await cleanImage(new Uint8Array(await file.arrayBuffer()), file.type);
    if (clean.bytes.length > mostBytes) throw Object.assign(new Error(file.name), { code: "scan-size" });
    return { name: file.name, clean };
  }

  async function add(files) {
    for (const file of files) {
      if (chosen.length + 2 >= most) return say(words("too many")); // two are left for the mandate and the name
      say(words("sealing file"));
      try {
        chosen.push(await take(file));
        say(words("sealed file", { name: file.name }));
      } catch (error) {
        say(`${file.name}: ${words(error.code)}`);
      }
      show();
    }
  }

  function show() {
    find("files-list").replaceChildren(...chosen.map((each) => {
      const remove = () => (chosen.splice(chosen.indexOf(each), 1), say(""), show());
      const button = make("button", { type: "button", class: "govuk-button govuk-button--secondary", onclick: remove }, words("remove", { name: each.name }));
      return make("li", {}, button);
    }));
  }

  const say = (text) => (find("files-state").textContent = text);

  find("files").addEventListener("change", async ({ target }) => {
    await add([...target.files]);
    target.value = "";
  });
  find("mandate").addEventListener("change", async ({ target }) => {
    mandate = null;
    if (!target.files.length) return;
    const state = find("mandate-state");
    try {
      mandate = await take(target.files[0]);
      state.textContent = words("sealed file", { name: mandate.name });
    } catch (error) {
      target.value = "";
      state.textContent = words(error.code);
    }
  });

  async function sealOne(picture, body) {
    const known = sealed.get(picture);
    if (known?.set === body.set) return known.file;
    const file = await sealAttachment(picture.clean.bytes, picture.clean.mediaType, body.recipients);
    sealed.set(picture, { set: body.set, file });
    return file;
  }

  return {
    /** Returns {files, mandate: SHA-256 of the sealed mandate or ""} for a body. */
    async seal(body, { withMandate }) {
      const first = withMandate && mandate ? await sealOne(mandate, body) : null;
      const files = [];
      for (const picture of chosen) files.push(await sealOne(picture, body));
      return { files: first ? [first, ...files] : files, mandate: first ? first.sha256 : "" };
    },
  };
}
