// Writes src/Billing.Core/Texts/NormalFormTable.cs from the Unicode data of this Node.js: node normal-form.mjs > NormalFormTable.cs
const hex = c => c.toString(16).toUpperCase().padStart(4, '0');
const points = text => [...text].map(c => c.codePointAt(0));
const all = [];
for (let c = 0; c <= 0x10FFFF; c++) {
  if ((c < 0xD800 || c > 0xDFFF) && (c < 0xAC00 || c > 0xD7A3)) all.push(c);
}

// Classes are not to be asked for; in which order two marks stand is.
const marks = all.filter(c => /\p{M}/u.test(String.fromCodePoint(c)));
const swaps = (a, b) => {
  const text = 'q' + String.fromCodePoint(a) + String.fromCodePoint(b);
  const decomposed = text.normalize('NFD');
  return decomposed !== 'q' + String.fromCodePoint(a).normalize('NFD') + String.fromCodePoint(b).normalize('NFD');
};
// One mark of each class, as Unicode's stability policy has kept them since their first versions.
const known = [[0x334, 1], [0x16FF0, 6], [0x93C, 7], [0x3099, 8], [0x94D, 9], [0x5B0, 10], [0x5B1, 11], [0x5B2, 12], [0x5B3, 13], [0x5B4, 14], [0x5B5, 15], [0x5B6, 16], [0x5B7, 17], [0x5B8, 18],
  [0x5B9, 19], [0x5BB, 20], [0x5BC, 21], [0x5BD, 22], [0x5BF, 23], [0x5C1, 24], [0x5C2, 25], [0xFB1E, 26], [0x64B, 27], [0x64C, 28], [0x64D, 29], [0x64E, 30], [0x64F, 31], [0x650, 32], [0x651, 33],
  [0x652, 34], [0x670, 35], [0x711, 36], [0xC55, 84], [0xC56, 91], [0xE38, 103], [0xE48, 107], [0xEB8, 118], [0xEC8, 122], [0xF71, 129], [0xF72, 130], [0xF74, 132], [0x321, 202], [0x1DCE, 214],
  [0x31B, 216], [0x1DFA, 218], [0x316, 220], [0x59A, 222], [0x302E, 224], [0x1D16D, 226], [0x5AE, 228], [0x301, 230], [0x315, 232], [0x35C, 233], [0x35D, 234], [0x345, 240]];
const classOf = c => {
  let above = 0, below = 255, moves = false;
  for (const [mark, value] of known) {
    if (mark === c) return value;
    if (swaps(c, mark)) { moves = true; above = Math.max(above, value); }
    else if (swaps(mark, c)) { moves = true; below = Math.min(below, value); }
  }
  if (!moves) return 0;
  const between = known.filter(([, value]) => value > above && value < below);
  if (between.length !== 1) throw new Error(`U+${hex(c)} is of no known class: between ${above} and ${below}.`);
  return between[0][1];
};
const lines = [];
for (const c of all) {
  const text = String.fromCodePoint(c);
  const decomposed = text.normalize('NFD');
  if (decomposed === text) continue;
  const parts = points(decomposed);
  if (text.normalize('NFC') === text) {
    const first = points(parts.slice(0, -1).map(p => String.fromCodePoint(p)).join('').normalize('NFC'));
    if (first.length !== 1) throw new Error(`U+${hex(c)} is composed of more than two.`);
    lines.push(`${hex(c)}=${hex(first[0])}+${hex(parts.at(-1))}`);
  } else {
    lines.push(`${hex(c)}>${parts.map(hex).join('+')}`);
  }
}
const classes = [];
for (const c of marks) {
  if (String.fromCodePoint(c).normalize('NFD') !== String.fromCodePoint(c)) continue;
  const value = classOf(c);
  if (value === 0) continue;
  const last = classes.at(-1);
  if (last && last.value === value && last.end === c - 1) last.end = c; else classes.push({ start: c, end: c, value });
}
const rows = items => {
  const out = [];
  let row = '';
  for (const item of items) {
    if (row.length + item.length > 175) { out.push(row); row = ''; }
    row += (row ? ' ' : '') + item;
  }
  return [...out, row].map(r => '        ' + r).join('\n');
};
console.log(`namespace Billing.Texts;

/// <summary>The data of <see cref="NormalForm"/>: Unicode ${process.versions.unicode}. Written by tests/Billing.Core.Tests/golden/normal-form.mjs.</summary>
internal static class NormalFormTable
{
    /// <summary>The canonical decompositions except those of Hangul. With <c>=</c> the two characters compose again; with <c>></c> they do not, and are decomposed in full.</summary>
    public static ReadOnlySpan<byte> Decompositions => """
${rows(lines)}
        """u8;

    /// <summary>The combining classes other than 0: first and last character, and the class.</summary>
    public static ReadOnlySpan<byte> Classes => """
${rows(classes.map(({ start, end, value }) => `${hex(start)}-${hex(end)}:${value}`))}
        """u8;
}`);
