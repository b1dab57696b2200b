using System.Globalization;
using Billing.Aws;
using Billing.Console.Views;
using Billing.Local;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>A local environment: where it is, what waits, what a function replied, what was measured.</summary>
internal static class LocalView
{
    public static void WriteAddresses(IAnsiConsole console, LocalState state)
    {
        (string Name, string Address)[] lines =
        [
            ("Receipts API", state.ReceiptsApi.AbsoluteUri),
            ("Transactions API", state.TransactionsApi.AbsoluteUri),
            ("Expenses API", state.ExpensesApi.AbsoluteUri),
            ("Page", state.Page?.AbsoluteUri ?? "not served. Make it with dotnet publish samples/Billing.Web.Client -c Release -o FOLDER, then start with --page FOLDER"),
            ("S3, SQS, SNS", state.Storage.AbsoluteUri),
            ("DynamoDB", state.DynamoDb.AbsoluteUri),
            ("MariaDB", state.DatabasePort == 0 ? "not started" : string.Create(CultureInfo.InvariantCulture, $"mysql://root@127.0.0.1:{state.DatabasePort}/billing")),
            ("Secrets, Invoke", state.Control.AbsoluteUri),
            ("Data", state.DataFolder),
        ];
        foreach ((string name, string address) in lines)
        {
            Sentence.Write(console, address, name.PadRight(18), Styles.Quiet);
        }
    }

    public static void WriteQueues(IAnsiConsole console, IReadOnlyList<(string Queue, SqsQueueCounts Counts, SqsQueueCounts DeadLetters)> queues)
    {
        Table table = new(new Column("Queue"), new Column("Waiting", ColumnKind.Number), new Column("In flight", ColumnKind.Number), new Column("Dead letters", ColumnKind.Number));
        foreach ((string queue, SqsQueueCounts counts, SqsQueueCounts dead) in queues)
        {
            table.Add(queue, Figures.Count(counts.Waiting), Figures.Count(counts.InFlight), new Cell(Figures.Count(dead.Waiting + dead.InFlight), dead.Waiting > 0 ? Styles.Bad : null));
        }

        console.WriteLine();
        table.WriteTo(console);
    }

    public static void WriteFunctions(IAnsiConsole console, IReadOnlyList<(string Name, int Processes, long Invocations, long Failures)> functions)
    {
        Table table = new(new Column("Function"), new Column("Processes", ColumnKind.Number), new Column("Invocations", ColumnKind.Number), new Column("Failures", ColumnKind.Number));
        foreach ((string name, int processes, long invocations, long failures) in functions)
        {
            table.Add(name, Figures.Count(processes), Figures.Count(invocations), new Cell(Figures.Count(failures), failures > 0 ? Styles.Bad : null));
        }

        console.WriteLine();
        table.WriteTo(console);
    }

    /// <returns>The exit code.</returns>
    public static int WriteReply(Terminal terminal, string function, (bool Succeeded, string Reply) reply)
    {
        if (!reply.Succeeded)
        {
            terminal.WriteError($"{function} failed: {Printable.Of(reply.Reply)}");
            return ExitCode.Failed;
        }

        Sentence.Write(terminal.Out, reply.Reply);
        return ExitCode.Success;
    }

    public static void WriteBenchmark(IAnsiConsole console, TransactionBenchmarkReport report)
    {
        decimal perSecond = report.Count / (decimal)report.Total.TotalSeconds;
        Sentence.Write(console, string.Create(CultureInfo.InvariantCulture, $"{Figures.Count(report.Count)} transactions in {(decimal)report.Total.TotalSeconds:0.0} s from the first sent to the last stored: {perSecond:#,0} per second."));
        Sentence.Write(console, string.Create(
            CultureInfo.InvariantCulture,
            $"From sending to stored, at {report.PacedPerSecond} per second, {Figures.Count(report.PacedCount)} transactions: median {Milliseconds(report.Median)}, 95 % within {Milliseconds(report.Percentile95)}, 99 % within {Milliseconds(report.Percentile99)}, longest {Milliseconds(report.Longest)}."));
    }

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(decimal)time.TotalMilliseconds:#,0} ms");
}
