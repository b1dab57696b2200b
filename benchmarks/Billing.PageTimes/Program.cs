using System.Globalization;
using Billing.PageTimes;

// How fast samples/Billing.Web answers, and how soon its page shows itself.
// Usage: Billing.PageTimes ADDRESS ROUNDS; prints two tables. benchmarks/page.sh starts the host, fills it and runs this.
Uri address = new(args[0]);
int rounds = int.Parse(args[1], CultureInfo.InvariantCulture);
Times.Head("request");
await using (Requests requests = new(address))
{
    foreach ((string what, string path) in Requests.All)
    {
        Times.Print($"{what}: `{path}`", await requests.MeasureAsync(path, rounds));
    }
}

Console.WriteLine();
Times.Head("screen");
await using Screens screens = await Screens.OpenAsync(address);
foreach ((string what, string path, string ready) in Screens.All)
{
    (List<double> cold, List<double> cached) = await screens.MeasureAsync(path, ready, rounds);
    Times.Print($"{what}, nothing cached", cold);
    Times.Print($"{what}, cached", cached);
}
