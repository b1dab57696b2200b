using System.Globalization;
using Billing.Browser;

// The argument is the number of rows.
await GeneratedRows.RunAsync(int.Parse(args[0], CultureInfo.InvariantCulture));
