using System.Globalization;
using Billing;
using Billing.KilledProcess;

// Arguments: database, file, and the moment at which it is killed (0 for never).
IngestReport report = await Ingestion.RunAsync(args[0], args[1], new Moments(long.Parse(args[2], CultureInfo.InvariantCulture)), CancellationToken.None);
Console.WriteLine($"done {report.Read.Rows}");
