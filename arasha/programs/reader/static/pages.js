// Every page and every panel of the reader, one line each; reader.js tells their shapes.

import { appealPage, leavingPanel, writtenPanel } from "./appeal.js";
import { inboxPage } from "./inbox.js";
import { keysPage } from "./keys.js";

export const PAGES = {
  keys: { draw: keysPage, menu: "keys.menu" },
  inbox: { draw: inboxPage, menu: "inbox.menu", needs: "unlocked" },
  appeal: { draw: appealPage, needs: "unlocked" },
};

export const PANELS = [writtenPanel, leavingPanel];

/** Which page an errand of the desk begins with. */
export const ERRANDS = {
  open: ({ appeal }) => `appeal/${appeal}`,
  inbox: () => "inbox",
  enter: () => "enter",
  keys: () => "keys",
};
