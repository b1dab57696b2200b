using System.Globalization;

namespace Billing.PageTimes;

/// <summary>Prints times as a table.</summary>
internal static class Times
{
    public static void Head(string what) => Console.WriteLine($"| {what} | median, ms | least | most |\n|---|---|---|---|");

    public static void Print(string name, List<double> times)
    {
        times.Sort();
        double median = (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {median:0.0} | {times[0]:0.0} | {times[^1]:0.0} |"));
    }
}
