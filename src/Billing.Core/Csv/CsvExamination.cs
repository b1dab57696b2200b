namespace Billing.Csv;

/// <summary>The result of an examination.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Length">The length of the record in bytes, without its line break.</param>
/// <param name="LineBreaks">The number of line breaks within it.</param>
/// <param name="Fields">The number of its fields.</param>
/// <param name="Scanned">The number of bytes scanned: more than <paramref name="Length"/> if later lines decided.</param>
internal readonly record struct CsvExamination(CsvVerdict Verdict, int Length, int LineBreaks, int Fields, int Scanned);
