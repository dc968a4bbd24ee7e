// Every page and every panel of the reader, one line each; reader.js tells their shapes.

import { appealPage, leavingPanel, writtenPanel } from "./appeal.js";
import { closedPage } from "./closed.js";
import { enterPage } from "./entering.js";
import { exportPanel } from "./exporting.js";
import { inboxPage } from "./inbox.js";
import { keyPage } from "./key.js";
import { keysPage } from "./keys.js";
import { notesPanel } from "./notes.js";
import { attachmentsPanel } from "./papers.js";
import { readersPanel } from "./readers.js";
import { recordingPanel } from "./recording.js";
import { lostPage, recoverPage } from "./recover.js";
import { repliesPanel } from "./replies.js";
import { writerPanel } from "./writer.js";

export const PAGES = {
  inbox: { draw: inboxPage, menu: "inbox.menu", needs: "unlocked" },
  appeal: { draw: appealPage, needs: "unlocked" },
  enter: { draw: enterPage, menu: "enter.menu", needs: "session" },
  closed: { draw: closedPage, menu: "closed.menu", needs: "unlocked" },
  keys: { draw: keysPage, menu: "keys.menu" },
  key: { draw: keyPage },
  recover: { draw: recoverPage },
  lost: { draw: lostPage },
};

export const PANELS = [
  writtenPanel,
  writerPanel,
  attachmentsPanel,
  recordingPanel,
  notesPanel,
  repliesPanel,
  readersPanel,
  exportPanel,
  leavingPanel,
];

/** Which page an errand of the desk begins with. */
export const ERRANDS = {
  open: ({ appeal }) => `appeal/${appeal}`,
  inbox: () => "inbox",
  enter: () => "enter",
  keys: () => "keys",
};
