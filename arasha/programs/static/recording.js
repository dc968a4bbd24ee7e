// Records a voice into memory that we can overwrite. What the recorder hands out each second is
// copied at once, and its own copy goes: docs/reference/mailbox.md says what that keeps off a disk.

import { SealingError } from "./packing.js";

export const MOST_SECONDS = 180;
const BITS_PER_S = 24_000; // Opus, one channel: speech stays clear
const ROOM = 1.5; // the bit rate is an average
const CONTAINER_BYTES = 64 * 1024;
const SLICE_MS = 1_000;
const METER_MS = 100;
const CONTAINERS = ["audio/webm", "audio/ogg"];
const VOICE = { channelCount: 1, echoCancellation: false, noiseSuppression: true, autoGainControl: true };
const FAULTS = {
  NotAllowedError: "microphone-refused",
  NotFoundError: "no-microphone",
  NotReadableError: "microphone-busy",
};

/**
 * Begins to record and returns {stop, cancel}.
 *
 * `onLevel` gets the loudness, 0 to 1, ten times a second. `onEnd` gets {bytes, mediaType, seconds}
 * once: after `stop`, after `most` seconds, or when the microphone went. `stop()` resolves to the
 * same. `cancel()` overwrites all of it, and `onEnd` is not called. Overwrite `bytes` once they are
 * sealed. Throws SealingError: "no-microphone", "microphone-refused", "microphone-busy".
 */
export async function record({ onLevel = () => {}, onEnd = () => {}, most = MOST_SECONDS } = {}) {
  const microphone = await openMicrophone();
  const mediaType = CONTAINERS.find((each) => MediaRecorder.isTypeSupported(`${each};codecs=opus`));
  const recorder = new MediaRecorder(microphone, { mimeType: `${mediaType};codecs=opus`, audioBitsPerSecond: BITS_PER_S });
  const tape = newTape(Math.ceil((most * BITS_PER_S * ROOM) / 8) + CONTAINER_BYTES, () => stop());
  const meter = newMeter(microphone, onLevel);
  const began = performance.now();
  let seconds = 0;
  let ended = false;

  const ending = new Promise((resolve) => {
    recorder.ondataavailable = ({ data }) => tape.add(data);
    recorder.onstop = async () => {
      close();
      const bytes = await tape.whole();
      if (!bytes) return; // cancelled
      const voice = { bytes, mediaType, seconds };
      onEnd(voice);
      resolve(voice);
    };
  });

  function close() {
    clearTimeout(timer);
    meter.close();
    for (const track of microphone.getTracks()) track.stop();
  }

  function stop() {
    if (!ended) {
      ended = true;
      seconds = (performance.now() - began) / 1000;
      recorder.stop();
    }
    return ending;
  }

  function cancel() {
    tape.wipe();
    stop();
  }

  const timer = setTimeout(stop, most * 1000);
  microphone.getAudioTracks()[0].onended = stop;
  recorder.start(SLICE_MS);
  return { stop, cancel };
}

async function openMicrophone() {
  if (!navigator.mediaDevices || !globalThis.MediaRecorder) {
    throw new SealingError("no-microphone", "this browser records nothing");
  }
  return navigator.mediaDevices.getUserMedia({ audio: VOICE }).catch((cause) => {
    throw new SealingError(FAULTS[cause.name] ?? "no-microphone", cause.message);
  });
}

/** One stretch of memory for the whole recording: nothing grows, so no copy is left behind. */
function newTape(room, onFull) {
  const memory = new Uint8Array(room);
  let used = 0;
  let isWiped = false;
  let copied = Promise.resolve();

  async function copy(blob) {
    const slice = new Uint8Array(await blob.arrayBuffer());
    const fits = used + slice.length <= room;
    if (!isWiped && fits) {
      memory.set(slice, used);
      used += slice.length;
    }
    slice.fill(0);
    if (!fits) onFull();
  }

  return {
    add(blob) {
      copied = copied.then(() => copy(blob));
    },
    async whole() {
      await copied;
      return isWiped ? null : memory.subarray(0, used);
    },
    wipe() {
      isWiped = true;
      memory.fill(0);
    },
  };
}

function newMeter(microphone, onLevel) {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  new MediaStreamAudioSourceNode(context, { mediaStream: microphone }).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const beat = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    onLevel(Math.min(1, Math.sqrt(power) * 4)); // speech close by reaches about a quarter
  }, METER_MS);
  return {
    close() {
      clearInterval(beat);
      samples.fill(0);
      context.close();
    },
  };
}
