// Simple drawings of one line, 48 units wide, for whoever would rather look than read.

const SVG = "http://www.w3.org/2000/svg";

const DRAWINGS = {
  phone: "M15 8l6 9-4 5c2 5 5 8 9 9l5-4 9 6c-1 6-5 8-9 7C19 37 9 26 8 15c0-4 3-7 7-7z",
  danger: "M24 7l18 33H6zM24 19v10M24 34v1",
  write: "M6 12h36v24H6zM6 13l18 14 18-14",
  visit: "M10 42V8h18v34M4 42h40M23 24v2M37 20a4 4 0 1 0 0-8 4 4 0 0 0 0 8M31 42V29c0-3 3-5 6-5s6 2 6 5v13",
  replies: "M6 20v20h36V20L24 7zM6 21l18 12 18-12M18 22l5 5 8-10",
  add: "M10 6h20l8 8v28H10zM30 6v8h8M24 20v14M17 27h14",
  rights: "M24 12c-5-4-11-4-18-3v29c7-1 13-1 18 3 5-4 11-4 18-3V9c-7-1-13-1-18 3zM24 12v29",
  help: "M24 43C14 32 10 26 10 19a14 14 0 0 1 28 0c0 7-4 13-14 24zM24 24a5 5 0 1 0 0-10 5 5 0 0 0 0 10",
  named: "M24 22a8 8 0 1 0 0-16 8 8 0 0 0 0 16M8 42c0-9 7-14 16-14s16 5 16 14z",
  mailbox: "M8 42V18a8 8 0 0 1 8-8h16a8 8 0 0 1 8 8v24zM16 22h16M28 22v-7h5",
  neither: "M24 22a8 8 0 1 0 0-16 8 8 0 0 0 0 16M8 42c0-9 7-14 16-14s16 5 16 14zM7 7l34 34",
  voice: "M24 5a6 6 0 0 1 6 6v12a6 6 0 0 1-12 0V11a6 6 0 0 1 6-6zM11 22a13 13 0 0 0 26 0M24 35v8M16 43h16",
  papers: "M12 5h17l7 7v18H12zM29 5v7h7M5 30h38v12H5zM35 36h2",
  sound: "M6 18h8l10-9v30l-10-9H6zM31 17c4 4 4 10 0 14M36 11c7 7 7 19 0 26",
  contrast: "M24 6a18 18 0 1 0 0 36 18 18 0 0 0 0-36zM24 6v36M24 12h7M24 18h14M24 24h17M24 30h15M24 36h9",
  size: "M4 38l9-24 9 24M7 30h12M25 38l9-14 9 14M28 33h12",
  keys: "M4 12h40v24H4zM11 19h2M19 19h2M27 19h2M35 19h2M11 25h2M19 25h2M27 25h2M35 25h2M15 31h18",
};

/** Returns a drawing; the words beside it say the same, so it is hidden from a screen reader. */
export function pictogram(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [attribute, value] of Object.entries({ viewBox: "0 0 48 48", class: "pictogram", "aria-hidden": "true" })) {
    svg.setAttribute(attribute, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}
