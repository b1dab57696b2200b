namespace Billing.Console.Csv;

/// <summary>How items of one kind stand in a CSV file.</summary>
/// <param name="Names">The header.</param>
/// <param name="WriterOf">Gives what writes the items of one file: the fields of each, and the end of its line.</param>
internal sealed record CsvColumns<T>(string[] Names, Func<CsvFile, Action<T>> WriterOf);
