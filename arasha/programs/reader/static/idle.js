// Locks what nobody looks at. Counted by the clock, not by a timer: a sleeping machine stops timers.

const IDLE_MS = 15 * 60 * 1000;
const KEEP_MS = 5 * 60 * 1000;
const LOOK_MS = 5000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel"];

/**
 * Calls `lock` after 15 minutes without a sign of life, wherever the page was meanwhile, and `keep`
 * from time to time while somebody reads or writes, so that the desk does not take them for gone.
 */
export function lockWhenIdle(isOpen, lock, keep) {
  let lastSign = Date.now();
  let lastKept = lastSign;
  const look = () => {
    if (!isOpen()) return;
    if (Date.now() - lastSign >= IDLE_MS) lock();
    else if (lastSign - lastKept >= KEEP_MS) keep((lastKept = lastSign));
  };
  const alive = () => {
    look(); // a first touch after the time is over is too late
    lastSign = Date.now();
  };
  for (const sign of SIGNS) addEventListener(sign, alive, { passive: true });
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", (event) => event.persisted && lock());
  setInterval(look, LOOK_MS);
}
