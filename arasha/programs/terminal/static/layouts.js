// The keys of each language, row by row, as people know them from a keyboard.

export const LAYOUTS = {
  kk: ["ә і ң ғ ү ұ қ ө һ", "й ц у к е н г ш щ з х ъ", "ф ы в а п р о л д ж э", "я ч с м и т ь б ю ё"],
  ru: ["й ц у к е н г ш щ з х ъ", "ф ы в а п р о л д ж э", "я ч с м и т ь б ю ё"],
  en: ["q w e r t y u i o p", "a s d f g h j k l", "z x c v b n m"],
  ar: ["ض ص ث ق ف غ ع ه خ ح ج د", "ش س ي ب ل ا ت ن م ك ط", "ئ ء ؤ ر لا ى ة و ز ظ ذ", "أ إ آ"],
};
export const LETTERS = { kk: "абв", ru: "абв", en: "abc", ar: "أبج" }; // on the key that brings them back
export const DIGITS = ["1 2 3", "4 5 6", "7 8 9", "0"];
export const SIGNS = ["1 2 3 4 5 6 7 8 9 0", "- / : ; ( ) № % \" «", ". , ? ! ' » + ="];
