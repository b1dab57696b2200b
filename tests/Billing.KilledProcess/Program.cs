using Billing;
using Billing.KilledProcess;

// Arguments: database, file. Prints a line per batch, so that a test can kill it at a chosen one.
Progress progress = new();
IngestReport report = await Ingestion.RunAsync(args[0], args[1], progress, CancellationToken.None);
Console.WriteLine($"done {report.Read.Rows}");
