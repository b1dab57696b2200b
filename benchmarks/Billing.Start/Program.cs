using System.Globalization;
using Billing.Start;

// The time from the start of a native process: of the command until it has stored a row and ended, of each function until its first reply.
// Usage: Billing.Start COMMAND FUNCTIONS-FOLDER ROUNDS; prints a table. benchmarks/start.sh builds and runs it.
string command = args[0], folder = args[1];
int rounds = int.Parse(args[2], CultureInfo.InvariantCulture);
Console.WriteLine("| | median, ms | least | most |\n|---|---|---|---|");
foreach ((string name, Func<CommandStart, double> measure) in (IEnumerable<(string, Func<CommandStart, double>)>)
    [("a program that does nothing (`true`)", _ => CommandStart.OfNothing()), ("`billing ingest` of one row, a new SQLite file", start => start.IntoNewFile()), ("`billing ingest` of one row, a file with 10,000 records", start => start.IntoExistingFile())])
{
    using CommandStart start = new(command);
    Print(name, [.. Enumerable.Range(0, rounds).Select(_ => measure(start))]);
}

await using FunctionStart functions = await FunctionStart.CreateAsync(folder);
foreach (FunctionEvent one in functions.Events())
{
    // The first makes the tables.
    await functions.MeasureAsync(one);
    List<double> times = [];
    for (int round = 0; round < rounds; round++)
    {
        times.Add(await functions.MeasureAsync(one));
    }

    Print($"`{one.Function}`: {one.What}", times);
}

static void Print(string name, List<double> times)
{
    times.Sort();
    double median = (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {median:0.0} | {times[0]:0.0} | {times[^1]:0.0} |"));
}
