// What is addressed to the officer, late ones first, with the titles that only this page can read.

import { make } from "./dom.js";

export async function inboxPage(reader) {
  const { cards } = await reader.desk.get("cards", { state: "open" });
  const links = cards.map(({ appeal, code }) => make("li", {}, make("a", { href: `#appeal/${appeal}` }, code)));
  return make("div", {}, [make("h1", {}, reader.words("inbox.title")), make("ul", {}, links)]);
}
