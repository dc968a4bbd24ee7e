// Names of places and topics in the reader's language, as the desk's registers have them now.

/** Returns {place, topic}: each names a key of the pack, or gives the key back where there is no name. */
export async function namesOf(reader) {
  const { places = [], categories = [] } = await reader.desk.get("entry").catch(() => ({}));
  return { place: namedBy(places), topic: namedBy(categories) };
}

function namedBy(all) {
  const names = new Map(all.map(({ code, name }) => [code, name]));
  return (key) => names.get(key) ?? key;
}
