namespace Billing.Csv;

/// <summary>What an examination found.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Length">The bytes of the record, without its line break.</param>
/// <param name="LineBreaks">The line breaks within it.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="Scanned">The bytes that were looked at: more than <paramref name="Length"/> where later lines decided.</param>
internal readonly record struct CsvExamination(CsvVerdict Verdict, int Length, int LineBreaks, int Fields, int Scanned);
