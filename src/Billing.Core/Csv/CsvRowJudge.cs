using CsvHelper;

namespace Billing.Csv;

/// <summary>Decides whether the record that the reader is on has a date and an amount where they belong.</summary>
internal delegate bool CsvRowJudge(CsvReader line);
