// The answer to whoever wrote: sealed to their mailbox, which nobody but they can open.

import { packReply, replyTag } from "/shared/correspondence.js";
import { readable } from "/shared/days.js";
import { make } from "/shared/dom.js";
import { sealTo } from "/shared/sealing.js";
import { form } from "./acts.js";
import { forget } from "./drafts.js";
import { ID_OF_NAME } from "./facts.js";
import { listField, textField } from "./fields.js";
import { stateName } from "./inbox.js";
import { namesIn } from "./kinds.js";
import { Refused, toBase64 } from "./local.js";

export function repliesPanel(reader, appeal) {
  const { words } = reader;
  const sent = make("ul", { class: "sent" }, appeal.replies.map((each) => line(reader, each)));
  return make("section", { id: "replies" }, [
    make("h2", {}, words("replies.title")),
    sent,
    appeal.fields.mailbox ? answerForm(reader, appeal, sent) : make("p", { class: "warn" }, words(appeal.fields.answers[ID_OF_NAME] || namesIn(appeal.fields).length ? "replies.no_mailbox" : "replies.no_name")),
  ]);
}

function answerForm(reader, appeal, sent) {
  const { words } = reader;
  const id = `reply-${appeal.appeal}`;
  const text = textField({ id: `${id}-text`, tag: "textarea", rows: 6, label: words("replies.text"), hint: words("replies.hint") });
  const shown = listField({ id: `${id}-shown`, label: words("replies.shown"), hint: words("replies.shown_hint"), options: [["", "–"], ["in_person", words("replies.in_person")], ["safe", words("replies.safe")]] });
  const { language: written } = appeal.fields;
  const languages = { ...reader.start.languages, ...(written in reader.start.languages ? {} : { [written]: written }) };
  const language = listField({ id: `${id}-language`, label: words("replies.language"), options: Object.entries(languages), chosen: written });
  const act = async () => {
    if (!text.field.value.trim()) return words("replies.empty");
    if (!shown.field.value) return words("replies.choose_shown");
    const reply = { kind: "text", state: "", text: text.field.value.trim(), shown: shown.field.value, language: language.field.value };
    await post(reader, appeal, reply).catch((error) => {
      // The reader itself may just have told the mailbox of a state.
      if (error instanceof Refused && error.code === "tag_taken") return post(reader, appeal, reply);
      throw error;
    });
    sent.append(line(reader, appeal.replies.at(-1)));
    text.field.value = "";
    forget(id);
    return words("replies.kept");
  };
  return form(reader, { button: "replies.send" }, [text.box, language.box, shown.box], act);
}

/** Somebody else may have answered since this page was opened, so the number is asked for again. */
async function post(reader, appeal, reply) {
  const { recipient, tags } = appeal.fields.mailbox;
  const { next_reply, next_day, replies } = await reader.desk.get(`appeals/${appeal.appeal}`);
  const sealed = toBase64(await sealTo([recipient], packReply({ ...reply, next_day: next_day ?? "" })));
  const tag = await replyTag(tags, next_reply);
  await reader.desk.post(`appeals/${appeal.appeal}/replies`, { tag, sealed, shown: reply.shown });
  appeal.replies = [...replies, { on: new Date().toISOString().slice(0, 10), shown: reply.shown, state: "" }];
}

function line(reader, { on, shown, state }) {
  const said = state ? reader.words("replies.told", { state: stateName(reader, state) }) : reader.words(`replies.${shown}`);
  return make("li", {}, `${readable(on, reader.language)}: ${said}`);
}
