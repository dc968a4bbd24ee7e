// The answer to whoever wrote: sealed to their mailbox, which nobody but they can open.

import { packReply, replyTag } from "/shared/correspondence.js";
import { readable } from "/shared/days.js";
import { make } from "/shared/dom.js";
import { sealTo } from "/shared/sealing.js";
import { form } from "./acts.js";
import { forget } from "./drafts.js";
import { ID_OF_NAME } from "./facts.js";
import { listField, textField } from "./fields.js";
import { toBase64 } from "./local.js";

export function repliesPanel(reader, appeal) {
  const { words } = reader;
  const sent = make("ul", { class: "sent" }, appeal.replies.map((each) => line(reader, each)));
  return make("section", { id: "replies" }, [
    make("h2", {}, words("replies.title")),
    sent,
    appeal.fields.mailbox ? answerForm(reader, appeal, sent) : make("p", { class: "warn" }, words(appeal.fields.answers[ID_OF_NAME] ? "replies.no_mailbox" : "replies.no_name")),
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
    const reply = { kind: "text", state: "", text: text.field.value.trim(), shown: shown.field.value, language: language.field.value, next_day: "" };
    await post(reader, appeal, reply);
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
  const sealed = toBase64(await sealTo([recipient], packReply(reply)));
  const { next_reply, replies } = await reader.desk.get(`appeals/${appeal.appeal}`);
  const tag = await replyTag(tags, next_reply);
  await reader.desk.post(`appeals/${appeal.appeal}/replies`, { tag, sealed, shown: reply.shown });
  appeal.replies = [...replies, { on: new Date().toISOString().slice(0, 10), shown: reply.shown }];
}

const line = ({ words, language }, { on, shown }) => make("li", {}, `${readable(on, language)}: ${words(`replies.${shown}`)}`);
