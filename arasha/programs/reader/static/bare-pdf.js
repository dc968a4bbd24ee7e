// The least PDF that shows pictures: no title, no author, no dates, no identifier (ISO 32000-1, 7.5).

import { joined } from "./pictures.js";

const FIRST = 3; // 1 is the catalog, 2 the list of pages; each page then takes three objects
const utf8 = (text) => new TextEncoder().encode(text);

/** Returns a PDF with one page for each {jpeg, width, height}, in pixels of `dpi` to the inch. */
export function barePdf(pictures, dpi) {
  const pages = pictures.map((_, place) => `${FIRST + 3 * place} 0 R`);
  const objects = [
    [utf8("<< /Type /Catalog /Pages 2 0 R >>")],
    [utf8(`<< /Type /Pages /Count ${pages.length} /Kids [${pages.join(" ")}] >>`)],
    ...pictures.flatMap((picture, place) => pageOf(picture, FIRST + 3 * place, dpi)),
  ];
  return joined(withTable(objects));
}

function pageOf({ jpeg, width, height }, number, dpi) {
  const [wide, high] = [width, height].map((pixels) => ((pixels * 72) / dpi).toFixed(2));
  const drawing = utf8(`q ${wide} 0 0 ${high} 0 0 cm /P Do Q`);
  const resources = `/Resources << /XObject << /P ${number + 2} 0 R >> >>`;
  const picture = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`;
  return [
    [utf8(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${wide} ${high}] ${resources} /Contents ${number + 1} 0 R >>`)],
    stream("", drawing),
    stream(picture, jpeg),
  ];
}

function stream(entries, content) {
  return [utf8(`<< ${entries} /Length ${content.length} >>\nstream\n`), content, utf8("\nendstream")];
}

function withTable(objects) {
  const parts = [utf8("%PDF-1.4\n%\u00e9\u00e9\n")];
  const places = [];
  for (const [index, content] of objects.entries()) {
    places.push(lengthOf(parts));
    parts.push(utf8(`${index + 1} 0 obj\n`), ...content, utf8("\nendobj\n"));
  }
  const start = lengthOf(parts);
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`);
  const count = objects.length + 1;
  parts.push(utf8(`xref\n0 ${count}\n0000000000 65535 f \n${rows.join("")}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`));
  return parts;
}

const lengthOf = (parts) => parts.reduce((sum, { length }) => sum + length, 0);
