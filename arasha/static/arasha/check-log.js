// The check on the page about the public log: it reads what was typed, and asks for files of the log only.

import { NotChecked, NotProved, checkProof, grouped, proofOfCode, readCode } from "./logcheck.js";

const section = document.getElementById("check");
const outcome = document.getElementById("outcome");
const proofText = document.getElementById("proof-text");
const words = new Map(
  Array.from(document.getElementById("words").content.querySelectorAll("[data-key]"), (each) => [
    each.dataset.key,
    each.textContent,
  ]),
);

/** A day as the page's language writes it: the page brings one day of each month, 22 of 4321. */
function spelled(day) {
  const [year, month, date] = day.split("-").map(Number);
  const sample = words.get(`month ${month}`);
  return sample ? sample.replace("22", date).replace("4321", year) : day;
}

function said(key, details = {}) {
  return words.get(key).replace(/\{(\w+)\}/g, (_, name) => details[name]);
}

function show(title, lines, kind) {
  const heading = document.createElement("h3");
  heading.className = "govuk-heading-m";
  heading.textContent = title;
  const list = document.createElement("ul");
  list.className = "govuk-list govuk-list--bullet";
  list.append(
    ...lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }),
  );
  const box = document.createElement("div");
  box.className = "govuk-inset-text";
  box.dataset.outcome = kind;
  box.append(heading, list);
  outcome.replaceChildren(box);
}

async function readFile(name) {
  const answer = await fetch(outcome.dataset.log + name, { cache: "no-cache", credentials: "omit" });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new TypeError(`${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function policy() {
  const own = document.getElementById("policy-text").value.trim();
  return own || new TextDecoder().decode((await readFile("policy")) ?? new Uint8Array());
}

async function check() {
  const typed = document.getElementById("typed-code").value.trim();
  const code = typed ? readCode(typed) : null;
  let [text, day] = [proofText.value.trim(), null];
  if (!text && code === null) throw new NotChecked("nothing typed");
  if (!text) {
    const made = await proofOfCode(code, readFile);
    if (made === null) {
      show(said("not yet"), [said("try tomorrow")], "not yet");
      return;
    }
    ({ text, day } = made);
  }
  const found = await checkProof(text, await policy(), code);
  show(said("proved"), [...told(found, code, day)], "proved");
}

function* told(found, code, day) {
  yield said("entry", { ...found, number: found.index + 1 });
  if (day) yield said("day", { day: spelled(day) });
  yield said(code === null ? "code" : "code fits", { code: grouped(found.code) });
  yield said("signed", found);
  for (const { name, day: seen } of found.witnesses) {
    yield said("witness", { name, day: spelled(seen) });
  }
  yield found.asked
    ? said("quorum", { ...found, count: found.witnesses.length })
    : said("nobody asked");
  yield said("limits");
}

document.getElementById("check-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await check();
  } catch (problem) {
    const { reason = "unreachable", details = {} } = problem;
    const heading = problem instanceof NotProved ? "not proved" : "not checked";
    show(said(heading), [said(reason, details)], reason);
  }
});

async function take(file) {
  if (file) proofText.value = await file.text();
}

document.getElementById("proof-file").addEventListener("change", (event) => {
  take(event.target.files[0]);
});
proofText.addEventListener("dragover", (event) => event.preventDefault());
proofText.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  take(event.dataTransfer.files[0]);
});

// Without a script there is nothing to check with: the explanation and the tools stay.
section.hidden = false;
