// What an appeal is about, once it was read: the only things that figures and the forwarding rules see.

import { make } from "/shared/dom.js";
import { form } from "./acts.js";
import { listField } from "./fields.js";

export function recordingPanel(reader, appeal) {
  const { words } = reader;
  const body = make("div", {}, words("recording.fetching"));
  const fill = async () => {
    const entry = await reader.desk.get("entry").catch((error) => error);
    body.replaceChildren(entry instanceof Error ? make("p", { class: "warn" }, reader.explain(entry)) : recordForm(reader, appeal, entry));
  };
  const panel = make("details", { class: "panel", id: "recording" }, [make("summary", {}, words("recording.title")), body]);
  panel.addEventListener("toggle", () => panel.open && fill(), { once: true });
  return panel;
}

function recordForm(reader, appeal, { categories, urgencies, places, bodies }) {
  const { words } = reader;
  const before = appeal.recorded ?? { category: "", urgency: "", place: appeal.fields.place, accused_body: "" };
  const list = (name, terms) =>
    listField({
      id: `recorded-${appeal.appeal}-${name}`,
      label: words(`recording.${name}`),
      options: [["", words("recording.none")], ...terms.map(({ code, name: said }) => [code, said])],
      chosen: before[name] || (name === "place" ? appeal.fields.place : ""),
    });
  const lists = { category: list("category", categories), urgency: list("urgency", urgencies), place: list("place", places), accused_body: list("accused_body", bodies) };
  const act = async () => {
    const said = Object.fromEntries(Object.entries(lists).map(([name, { field }]) => [name, field.value]));
    if (!said.category) return words("recording.choose");
    await reader.desk.post(`appeals/${appeal.appeal}/recorded`, said);
    return words("recording.kept");
  };
  return form(reader, { lead: "recording.lead", button: "recording.keep" }, Object.values(lists).map(({ box }) => box), act);
}
