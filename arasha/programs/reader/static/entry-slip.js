// The slip for the person whose appeal was entered: the same as a terminal's, in the person's language.

import { make } from "/shared/dom.js";
import { toHex } from "/shared/filing.js";
import { busy } from "./acts.js";
import { inFours } from "./facts.js";

export function entrySlip(reader, entered) {
  const { code, leafHash, language, publicUrl, slip } = entered;
  const { words } = reader;
  const said = (key) => reader.start.texts[`slip.${key}`][language];
  const address = `${publicUrl.replace(/\/$/, "")}/c/${code}`;
  const link = btoa(`${address}#${toHex(leafHash)}`).replaceAll("+", "-").replaceAll("/", "_");
  return make("div", { class: "slip-page" }, [
    make("h1", { class: "screen-only" }, words("enter.done")),
    scansState(reader, entered),
    make("section", { class: "slip", lang: language, "aria-label": said("title") }, [
      make("h2", { class: "slip__title" }, said("title")),
      make("div", { class: "slip__code" }, [
        make("div", {}, [
          make("h3", {}, said("code")),
          make("p", { class: "code", id: "code", dir: "ltr" }, inFours(code).split(" ").map((four) => make("span", {}, four))),
          make("p", {}, [said("proves"), " ", said("proves_not"), " ", said("code_hint")]),
          make("h3", {}, said("where")),
          make("p", { class: "address", dir: "ltr" }, address),
        ]),
        make("img", { class: "qr", src: `/qr/${link}`, alt: said("qr"), width: 220, height: 220 }),
      ]),
      make("p", {}, said("in_log")),
    ]),
    make("div", { class: "acts screen-only" }, [
      make("button", { type: "button", class: "button", onclick: () => print() }, words("enter.print")),
      make("button", { type: "button", class: "button button--quiet", onclick: () => reader.show() }, words("enter.another")),
      make("a", { class: "button button--quiet", href: slip }, words("page.desk")),
    ]),
  ]);
}

/** Sends the sealed scans behind the appeal; those that did not arrive can be sent again. */
function scansState(reader, { appeal, papers }) {
  if (!papers.length) return null;
  const waiting = new Set(papers);
  const state = make("p", { role: "status" });
  const sendAll = async () => {
    for (const paper of [...waiting]) {
      await reader.desk.put(`attachments/${appeal}/${paper.sha256}`, paper.bytes);
      waiting.delete(paper);
    }
  };
  const again = make("button", { type: "button", class: "button", hidden: true }, reader.words("enter.send_scans"));
  const attempt = async () => {
    const error = await sendAll().then(() => null, (refused) => refused);
    state.className = error ? "warn" : "sure";
    state.textContent = error ? `${reader.words("enter.scans_wait", { count: waiting.size })} ${reader.explain(error)}` : reader.words("enter.scans_sent", { count: papers.length });
    again.hidden = !error;
  };
  again.addEventListener("click", busy(reader, "page.wait", attempt));
  state.textContent = reader.words("enter.scans_going", { count: papers.length });
  attempt();
  return make("div", { class: "screen-only" }, [state, again]);
}
