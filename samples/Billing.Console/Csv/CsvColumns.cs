namespace Billing.Console.Csv;

/// <summary>How items of one kind stand in a CSV file.</summary>
/// <param name="Names">The header.</param>
/// <param name="Write">Writes the fields of an item, and ends its line.</param>
internal sealed record CsvColumns<T>(string[] Names, Action<CsvFile, T> Write);
