// Plays a voice note from memory: it never becomes an address, and needs no permission to load one.

import { make } from "/shared/dom.js";
import { SealingError } from "/shared/payload.js";

const SAMPLES_PER_S = 24_000; // enough for speech; an hour then takes 350 MB of memory, not 700

/** Returns a player for Ogg or WebM. Throws SealingError "unreadable". */
export async function voicePlayer(reader, bytes) {
  const context = new AudioContext({ sampleRate: SAMPLES_PER_S });
  const sound = await context.decodeAudioData(bytes.slice().buffer).catch((cause) => {
    context.close();
    throw new SealingError("unreadable", cause.message);
  });
  return player(reader, context, sound);
}

function player({ words }, context, sound) {
  const state = { source: null, began: 0, from: 0 };
  const place = () => (state.source ? Math.min(sound.duration, state.from + context.currentTime - state.began) : state.from);
  const slider = make("input", { type: "range", min: 0, max: sound.duration, step: 0.1, value: 0, "aria-label": words("papers.position") });
  const time = make("span", { class: "voice__time" });
  const button = make("button", { type: "button", class: "button" }, words("papers.play"));

  function stop() {
    if (!state.source) return;
    state.from = place();
    state.source.onended = null;
    state.source.stop();
    state.source = null;
  }

  async function play(from) {
    await context.resume();
    state.source = new AudioBufferSourceNode(context, { buffer: sound });
    state.source.connect(context.destination);
    Object.assign(state, { from: from >= sound.duration ? 0 : from, began: context.currentTime });
    state.source.onended = () => {
      Object.assign(state, { source: null, from: 0 });
      draw();
    };
    state.source.start(0, state.from);
    follow();
  }

  function draw() {
    slider.value = place();
    slider.setAttribute("aria-valuetext", inMinutes(place()));
    time.textContent = `${inMinutes(place())} / ${inMinutes(sound.duration)}`;
    button.textContent = words(state.source ? "papers.pause" : "papers.play");
  }

  function follow() {
    draw();
    // A page that was left keeps no voice behind it.
    if (!button.isConnected) return stop();
    if (state.source) setTimeout(follow, 200);
  }

  button.addEventListener("click", async () => {
    if (state.source) stop();
    else await play(state.from);
    draw();
  });
  slider.addEventListener("input", async () => {
    const wasPlaying = state.source !== null;
    stop();
    state.from = Number(slider.value);
    if (wasPlaying) await play(state.from);
    draw();
  });
  draw();
  return make("div", { class: "voice" }, [button, slider, time]);
}

const inMinutes = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
