// A voice and papers: sealed on this screen at once, so that nothing readable of them stays even in memory.

import { sealAttachment } from "/shared/attaching.js";
import { make } from "/shared/dom.js";
import { record } from "/shared/recording.js";
import { cleanImage } from "/shared/scans.js";
import { explained, question } from "./asking.js";
import { ask, load } from "./local.js";
import { pictogram } from "./pictograms.js";

const MOST_SHOWN_S = 10; // below this many seconds the rest is told aloud too

export function addingPage(kiosk) {
  const { words } = kiosk;
  const answer = (_form, tell) => {
    if (kiosk.recorder) tell(words("voice.running"));
    else if (!kiosk.hasSomething()) tell(words("write.empty"));
    else kiosk.next();
  };
  const spoken = ["voice.text", "voice.delay", "papers.text"];
  return question(kiosk, { key: "adding", answer, isWriting: true, spoken }, [voicePart(kiosk), papersPart(kiosk)]);
}

// The voice

function voicePart(kiosk) {
  const { words, limits } = kiosk;
  const state = make("p", { class: "state", role: "status" });
  const level = make("meter", { class: "level", min: 0, max: 1, value: 0, "aria-label": words("voice.level"), hidden: true });
  const left = make("p", { class: "level__left", role: "timer", hidden: true });
  const label = make("span", {});
  const button = make("button", { type: "button", id: "record", class: "button", onclick: toggle }, [pictogram("voice"), label]);
  const remove = make("button", { type: "button", id: "forget-voice", class: "button button--quiet", onclick: forget }, words("voice.forget"));
  show();

  async function toggle() {
    if (kiosk.recorder) return kiosk.recorder.stop();
    if (!kiosk.hasRoom()) return void (state.textContent = explained(kiosk, "too_many"));
    button.disabled = true;
    try {
      kiosk.recorder = await record({ onLevel, onEnd, most: limits.voice_seconds });
      countDown();
      show();
    } catch (error) {
      state.textContent = explained(kiosk, error.code);
    } finally {
      button.disabled = false;
    }
  }

  function onLevel(loudness) {
    level.value = loudness;
  }

  async function onEnd({ bytes, mediaType }) {
    state.textContent = words("check.sealing");
    const { body, recorder } = kiosk;
    const sealed = await sealAttachment(bytes, mediaType, body.recipients).catch(({ code }) => ({ code }));
    bytes.fill(0);
    if (kiosk.recorder === recorder) kiosk.recorder = null; // until now it kept its place among the files
    if (sealed.sealed) kiosk.attach({ ...sealed, kind: "voice" }, body);
    show();
    if (sealed.code) state.textContent = explained(kiosk, sealed.code);
  }

  function countDown() {
    const until = Date.now() + limits.voice_seconds * 1000;
    const beat = setInterval(() => {
      const seconds = Math.max(0, Math.round((until - Date.now()) / 1000));
      left.textContent = words("voice.left", { seconds });
      left.setAttribute("aria-live", seconds <= MOST_SHOWN_S ? "polite" : "off");
      if (!kiosk.recorder) clearInterval(beat);
    }, 250);
  }

  function forget() {
    kiosk.detach((each) => each.kind === "voice");
    show();
  }

  function show() {
    const isRunning = Boolean(kiosk.recorder);
    const isKept = kiosk.attachments.some((each) => each.kind === "voice");
    label.textContent = words(isRunning ? "voice.stop" : isKept ? "voice.again" : "voice.start");
    level.hidden = left.hidden = !isRunning;
    remove.hidden = !isKept || isRunning;
    state.textContent = isRunning ? words("voice.running") : isKept ? words("voice.kept") : "";
  }

  return make("section", { class: "part", "aria-labelledby": "voice-title" }, [
    make("h2", { id: "voice-title" }, words("voice.title")),
    make("p", {}, [words("voice.text", { minutes: limits.voice_seconds / 60 }), " ", words("voice.delay")]),
    make("div", { class: "row" }, [button, remove, level, left]),
    state,
  ]);
}

// Papers from the scanner

function papersPart(kiosk) {
  const { words } = kiosk;
  const state = make("p", { class: "state", role: "status" });
  const button = make("button", { type: "button", id: "papers", class: "button button--quiet", onclick: take }, [
    pictogram("papers"),
    make("span", {}, words("papers.take")),
  ]);
  const remove = make("button", { type: "button", id: "forget-papers", class: "button button--quiet", onclick: forget }, words("papers.forget"));
  show();

  async function take() {
    button.disabled = true;
    state.textContent = words("check.sealing");
    try {
      const scans = await ask("/api/scans");
      if (scans.length === 0) return say(words("papers.none"));
      for (const scan of scans) await seal(scan);
      await ask("/api/scans", { method: "DELETE" });
      show();
    } catch (error) {
      show(); // what was sealed before it failed stays
      say(explained(kiosk, error.code));
    } finally {
      button.disabled = false;
    }
  }

  async function seal({ name, media_type: claimed }) {
    const { body } = kiosk;
    if (!kiosk.hasRoom()) throw Object.assign(new Error(name), { code: "too_many" });
    const clean = await cleanImage(await load(`/api/scans/${encodeURIComponent(name)}`), claimed);
    const sealed = await sealAttachment(clean.bytes, clean.mediaType, body.recipients);
    clean.bytes.fill(0);
    if (sealed.size > kiosk.limits.attachment_bytes) throw Object.assign(new Error(name), { code: "scan_size" });
    kiosk.attach({ ...sealed, kind: "paper" }, body);
  }

  function forget() {
    kiosk.detach((each) => each.kind === "paper");
    show();
  }

  function show() {
    const number = kiosk.attachments.filter((each) => each.kind === "paper").length;
    remove.hidden = number === 0;
    say(number ? words("papers.kept", { number }) : "");
  }

  function say(text) {
    state.textContent = text;
    state.scrollIntoView({ block: "nearest" }); // the buttons below must not lie over it
  }

  return make("section", { class: "part", "aria-labelledby": "papers-title" }, [
    make("h2", { id: "papers-title" }, words("papers.title")),
    make("p", {}, words("papers.text")),
    make("div", { class: "row" }, [button, remove]),
    state,
  ]);
}
