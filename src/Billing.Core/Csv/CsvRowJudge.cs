using CsvHelper;

namespace Billing.Csv;

/// <summary>Whether the record that the reader stands on has a date and an amount where they belong.</summary>
internal delegate bool CsvRowJudge(CsvReader line);
